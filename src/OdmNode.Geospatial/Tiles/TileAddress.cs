namespace OdmNode.Geospatial.Tiles;

/// <summary>A square of the web's map pyramid (EPSG:3857): at zoom 0 one tile shows the world, each zoom halves its side.</summary>
/// <param name="Zoom">From 0.</param>
/// <param name="Column">From the antimeridian eastward.</param>
/// <param name="Row">From the north, as in XYZ addresses.</param>
public readonly record struct TileAddress(int Zoom, int Column, int Row)
{
    /// <summary>Side of a tile in the addresses of all web maps, pixels; sharper tiles show the same square.</summary>
    public const int Pixels = 256;

    /// <summary>Half the side of the world, metres at the equator.</summary>
    public const double HalfWorld = Math.PI * 6378137;

    /// <summary>The row counted from the south, as in TMS folders.</summary>
    public int TmsRow => (1 << Zoom) - 1 - Row;

    /// <summary>Side, metres at the equator.</summary>
    public double Side => SideAt(Zoom);

    /// <summary>West, south, east, north, EPSG:3857.</summary>
    public MercatorBox Box =>
        new((Column * Side) - HalfWorld, HalfWorld - ((Row + 1) * Side), ((Column + 1) * Side) - HalfWorld, HalfWorld - (Row * Side));

    /// <summary>The zoom from which on a tile's pixels, measured at the equator, are no larger than a raster's cells.</summary>
    public static int ZoomOf(double cellMetres) => Math.Max(0, (int)Math.Ceiling(Math.Log2(2 * HalfWorld / Pixels / cellMetres)));

    /// <summary>The tile that holds a point of EPSG:3857.</summary>
    public static TileAddress Holding(double x, double y, int zoom)
    {
        int last = (1 << zoom) - 1;
        double side = SideAt(zoom);
        return new TileAddress(
            zoom, (int)Math.Clamp(Math.Floor((x + HalfWorld) / side), 0, last), (int)Math.Clamp(Math.Floor((HalfWorld - y) / side), 0, last));
    }

    private static double SideAt(int zoom) => 2 * HalfWorld / (1L << zoom);
}
