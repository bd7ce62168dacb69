using OdmNode.WebOdm.Files;

namespace OdmNode.WebOdm.Tiles;

/// <summary>What a raster says about its tiles.</summary>
/// <param name="File">The raster.</param>
/// <param name="Box">The box around it.</param>
/// <param name="CellMetres">Side of a cell laid out in EPSG:3857.</param>
public sealed record TileRaster(RasterFile File, WorldBox Box, double CellMetres)
{
    /// <summary>The deepest zoom that is served at all.</summary>
    public const int Deepest = 28;

    private const double WorldMetres = 2 * Math.PI * 6378137;
    private const int TilePixels = 256;
    private const int ExtraZooms = 3;
    private const int SeedMostZoom = 21;

    /// <summary>EPSG code of the raster's own CRS; null when that has none.</summary>
    public int? Epsg { get; init; }

    /// <summary>The raster's bands in their order.</summary>
    public IReadOnlyList<ResultBand> Bands { get; init; } = [];

    /// <summary>First zoom of today's addresses.</summary>
    public int LeastZoom => Math.Clamp(NativeMost - Halvings - ExtraZooms, 0, Deepest);

    /// <summary>Last zoom of today's addresses.</summary>
    public int MostZoom => Math.Clamp(NativeMost + ExtraZooms, 0, Deepest);

    /// <summary>Last zoom of the addresses of 2017, whose first is 0.</summary>
    public int SeedMost => Math.Max(SeedMostZoom, MostZoom);

    /// <summary>The zoom whose pixels are nearest in size to the raster's cells.</summary>
    private int NativeMost => (int)Math.Round(Math.Log2(WorldMetres / TilePixels / CellMetres));

    /// <summary>How often the raster must be halved to fit into a tile.</summary>
    private int Halvings
    {
        get
        {
            var side = (long)Math.Round(Math.Min(Box.East - Box.West, Box.South - Box.North) * WorldMetres / CellMetres);
            var halvings = 0;
            while (side >> halvings > TilePixels)
            {
                halvings++;
            }

            return halvings;
        }
    }
}
