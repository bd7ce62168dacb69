namespace OdmNode.Features.Detection;

/// <summary>What to look for in one photo.</summary>
public sealed record FeatureOptions
{
    /// <summary>Keypoints wanted; the contrast threshold is lowered until there are as many. ODM's <c>min-num-features</c>.</summary>
    public int TargetCount { get; init; } = 10000;

    /// <summary>Contrast of the first attempt, on grey values from 0 to 1 (Lowe's threshold on the difference of Gaussians).</summary>
    public double ContrastThreshold { get; init; } = 0.02;

    /// <summary>Contrast below which nothing is accepted: noise of the sensor.</summary>
    public double LowestContrastThreshold { get; init; } = 0.004;

    /// <summary>Ratio of principal curvatures above which a keypoint is an edge.</summary>
    public double EdgeThreshold { get; init; } = 10;
}
