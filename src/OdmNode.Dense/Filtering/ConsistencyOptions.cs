namespace OdmNode.Dense.Filtering;

/// <summary>When depth maps of several photos count as agreeing.</summary>
public sealed record ConsistencyOptions
{
    /// <summary>Largest difference of depth, as a share of it.</summary>
    public double MaxRelativeDepth { get; init; } = 0.01;

    /// <summary>Largest distance between a pixel and its way to the other map and back, pixels.</summary>
    public double MaxReprojectionPixels { get; init; } = 1.0;

    /// <summary>
    /// Depths that agree only within limits so many times wider are kept as unsure: foliage, mostly, which only coarse levels
    /// match.
    /// </summary>
    public double UnsureTolerance { get; init; } = 4;

    /// <summary>Neighbours that must agree for a depth to be kept.</summary>
    public int MinAgreeingNeighbours { get; init; } = 1;

    /// <summary>Step of depth between pixels beside each other up to which they are one surface, as a share of it.</summary>
    public double MaxSurfaceStep { get; init; } = 0.03;

    /// <summary>Connected surfaces of fewer pixels are dropped.</summary>
    public int SpecklePixels { get; init; } = 100;

    /// <summary>Widest gap in a row or column that is closed by interpolation, pixels.</summary>
    public int MaxGapPixels { get; init; } = 7;
}
