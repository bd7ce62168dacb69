namespace OdmNode.WebOdm.Tiles;

/// <summary>A rectangle on the square map of the world (EPSG:3857), in shares of its side: from the antimeridian eastward, from the north southward.</summary>
public readonly record struct WorldBox(double West, double North, double East, double South)
{
    /// <summary>West, south, east, north in degrees (WGS 84).</summary>
    public IReadOnlyList<double> Degrees => [Longitude(West), Latitude(South), Longitude(East), Latitude(North)];

    /// <summary>True when a tile and the box have more in common than an edge.</summary>
    /// <param name="zoom">From 0.</param>
    /// <param name="column">From the antimeridian eastward.</param>
    /// <param name="row">From the north.</param>
    public bool Meets(int zoom, int column, int row)
    {
        var tiles = Math.ScaleB(1, zoom);
        return column < East * tiles && column + 1 > West * tiles && row < South * tiles && row + 1 > North * tiles;
    }

    private static double Longitude(double x) => (360 * Math.Clamp(x, 0, 1)) - 180;

    private static double Latitude(double y) => double.RadiansToDegrees(Math.Atan(Math.Sinh(Math.PI * (1 - (2 * y)))));
}
