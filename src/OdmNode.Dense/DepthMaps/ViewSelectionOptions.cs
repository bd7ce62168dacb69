namespace OdmNode.Dense.DepthMaps;

/// <summary>How the photos that a depth map is matched against are chosen.</summary>
public sealed record ViewSelectionOptions
{
    /// <summary>At most so many neighbours for a photo.</summary>
    public int MaxNeighbours { get; init; } = 5;

    /// <summary>Pairs that share fewer tie points are no neighbours.</summary>
    public int MinSharedPoints { get; init; } = 10;

    /// <summary>Median triangulation angle below which depth is too uncertain, degrees.</summary>
    public double MinAngleDegrees { get; init; } = 2;

    /// <summary>The angle that scores best: wide enough for depth, small enough to look alike, degrees.</summary>
    public double BestAngleDegrees { get; init; } = 14;

    /// <summary>Angle beyond which the two photos look too different, degrees.</summary>
    public double MaxAngleDegrees { get; init; } = 50;
}
