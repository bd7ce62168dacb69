namespace OdmNode.Features.Matching;

/// <summary>When two descriptors, and then two photos, are taken to show the same thing.</summary>
public sealed record MatchOptions
{
    /// <summary>Lowe's ratio: nearest distance divided by second-nearest must be below it, in both directions of the search.</summary>
    public double Ratio { get; init; } = 0.85;

    /// <summary>The ratio for matches that a verified geometry of the pair confirms; at least <see cref="Ratio"/>.</summary>
    public double LooseRatio { get; init; } = 0.95;

    /// <summary>Distance from the epipolar line or the homography that still fits, in units of the longest side of the photo.</summary>
    public double Threshold { get; init; } = 0.0015;

    /// <summary>Fewer matches that agree on a geometry reject the pair.</summary>
    public int FewestInliers { get; init; } = 15;

    /// <summary>
    /// Geometries as good as the pair's that may be expected among unrelated photos, as a power of ten: a pair with more is
    /// taken for chance and rejected.
    /// </summary>
    public double MostLogFalseAlarms { get; init; } = -4;
}
