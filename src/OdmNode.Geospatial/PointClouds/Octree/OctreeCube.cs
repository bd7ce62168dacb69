namespace OdmNode.Geospatial.PointClouds.Octree;

/// <summary>The cube of an octree's root, in steps of the scale, centred on the points.</summary>
internal sealed class OctreeCube
{
    /// <summary>Positions in the cube are fractions of this many bits: enough for the cells of the deepest level.</summary>
    public const int FractionBits = 30;
    private readonly long west;
    private readonly long south;
    private readonly long bottom;
    private readonly double fractionPerStep;

    /// <param name="bounds">Of one or more points.</param>
    public OctreeCube(LasBounds bounds)
    {
        long width = (long)bounds.Highest.X - bounds.Lowest.X;
        long depth = (long)bounds.Highest.Y - bounds.Lowest.Y;
        long height = (long)bounds.Highest.Z - bounds.Lowest.Z;

        // Even, so that the centre is a whole step, and longer than the extent, so that no point lies on the far faces.
        Edge = (Math.Max(width, Math.Max(depth, height)) + 2) & ~1L;
        west = bounds.Lowest.X - ((Edge - width) / 2);
        south = bounds.Lowest.Y - ((Edge - depth) / 2);
        bottom = bounds.Lowest.Z - ((Edge - height) / 2);
        fractionPerStep = (double)(1L << FractionBits) / Edge;
    }

    /// <summary>Steps.</summary>
    public long Edge { get; }

    /// <summary>How far east, north and up of the low corner a point lies, as fractions of <see cref="FractionBits"/> bits.</summary>
    public (uint X, uint Y, uint Z) Locate(in LasPoint point) =>
        ((uint)((point.X - west) * fractionPerStep), (uint)((point.Y - south) * fractionPerStep), (uint)((point.Z - bottom) * fractionPerStep));

    /// <summary>The low corner in map coordinates.</summary>
    public double[] LowCorner(LasOptions options) =>
        [(west * options.Scale) + options.OffsetEast, (south * options.Scale) + options.OffsetNorth, bottom * options.Scale];

    /// <summary>Edge of the cube, metres.</summary>
    public double EdgeMetres(LasOptions options) => Edge * options.Scale;
}
