namespace OdmNode.Geospatial.PointClouds;

/// <summary>The box around points, in steps of the scale.</summary>
internal struct LasBounds()
{
    public (int X, int Y, int Z) Lowest { get; private set; } = (int.MaxValue, int.MaxValue, int.MaxValue);

    public (int X, int Y, int Z) Highest { get; private set; } = (int.MinValue, int.MinValue, int.MinValue);

    public void Add(in LasPoint point)
    {
        Lowest = (Math.Min(Lowest.X, point.X), Math.Min(Lowest.Y, point.Y), Math.Min(Lowest.Z, point.Z));
        Highest = (Math.Max(Highest.X, point.X), Math.Max(Highest.Y, point.Y), Math.Max(Highest.Z, point.Z));
    }

    /// <summary>Corners in map coordinates.</summary>
    public readonly (double[] Low, double[] High) InMap(LasOptions options) => (
        [
            (Lowest.X * options.Scale) + options.OffsetEast, (Lowest.Y * options.Scale) + options.OffsetNorth, Lowest.Z * options.Scale,
        ],
        [
            (Highest.X * options.Scale) + options.OffsetEast, (Highest.Y * options.Scale) + options.OffsetNorth, Highest.Z * options.Scale,
        ]);
}
