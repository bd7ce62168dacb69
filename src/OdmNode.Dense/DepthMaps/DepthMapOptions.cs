namespace OdmNode.Dense.DepthMaps;

/// <summary>How a depth map is estimated.</summary>
public sealed record DepthMapOptions
{
    /// <summary>Longest side of the coarsest level, pixels; levels halve down to about this.</summary>
    public int CoarsestSide { get; init; } = 80;

    /// <summary>Distance of neighbouring depth planes: the largest shift they cause in any neighbour, pixels.</summary>
    public double PlaneStepPixels { get; init; } = 0.5;

    /// <summary>Most depth planes at the coarsest level.</summary>
    public int MaxPlanes { get; init; } = 256;

    /// <summary>Depth planes searched on either side of what the coarser level found.</summary>
    public int SearchMargin { get; init; } = 6;

    /// <summary>Share of the range of the tie points' inverse depths that the search goes beyond it on either side.</summary>
    public double RangeMargin { get; init; } = 0.35;

    /// <summary>
    /// The search goes at least so far in front of the tie points, as a share of the base surface's inverse depth: trees and
    /// roofs often carry none. 0.8 reaches from the ground to 44 % of the flying height.
    /// </summary>
    public double LeastNearMargin { get; init; } = 0.8;

    /// <summary>The search goes at least so far behind the tie points, as a share of the base surface's inverse depth.</summary>
    public double LeastFarMargin { get; init; } = 0.15;

    /// <summary>Smoothness: the price of a step of one plane, of a cost that runs from 0 to 96.</summary>
    public int SmallPenalty { get; init; } = 10;

    /// <summary>Smoothness: the price of a larger step where the picture has no edge.</summary>
    public int LargePenalty { get; init; } = 100;

    /// <summary>
    /// Factor on both prices at all levels but the finest: the crowns of trees, seen from sides too different for their leaves
    /// to match, hang together only so; the finest level restores what is sharp.
    /// </summary>
    public double CoarseSmoothness { get; init; } = 2;

    /// <summary>Depths that are less sure than this are dropped, 0 to 255.</summary>
    public int MinConfidence { get; init; } = 8;

    /// <summary>Connected surfaces of fewer pixels are dropped; at each coarser level half as many count.</summary>
    public int SpecklePixels { get; init; } = 100;
}
