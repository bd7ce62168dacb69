namespace OdmNode.Features.Matching;

/// <summary>When two descriptors, and then two photos, are taken to show the same thing.</summary>
public sealed record MatchOptions
{
    /// <summary>Lowe's ratio: nearest distance divided by second-nearest must be below it, in both directions of the search.</summary>
    public double Ratio { get; init; } = 0.85;

    /// <summary>Distance from the epipolar line or the homography that still fits, in units of the longest side of the photo.</summary>
    public double Threshold { get; init; } = 0.0015;

    /// <summary>Fewer matches that agree on a geometry reject the pair.</summary>
    public int FewestInliers { get; init; } = 20;
}
