namespace OdmNode.Sfm;

/// <summary>How a reconstruction is made. The defaults suit drone surveys and photos around an object alike.</summary>
public sealed record SfmOptions
{
    /// <summary>Threads that may work at once; the result does not depend on it.</summary>
    public int DegreeOfParallelism { get; init; } = 1;

    /// <summary>Root of every random draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Smallest angle between two rays of a tie point, degrees.</summary>
    public double MinTriangulationAngleDegrees { get; init; } = 1.5;

    /// <summary>
    /// Largest reprojection error of an inlier while the block grows, in 1/1000 of the photo's longest side. Loose, for the
    /// lens is not known yet; the filter at the end goes by the measured noise instead.
    /// </summary>
    public double MaxGrowthErrorPerMille { get; init; } = 2.0;

    /// <summary>Fewest tie points that a photo must see to be placed.</summary>
    public int MinResectionInliers { get; init; } = 15;

    /// <summary>Fewest matches of the two photos that the reconstruction starts from.</summary>
    public int MinInitialMatches { get; init; } = 30;

    /// <summary>An observation further from its point than this many standard deviations of the block is dropped.</summary>
    public double OutlierSigmas { get; init; } = 4.0;

    /// <summary>Growth of the number of placed photos after which the whole block is adjusted again.</summary>
    public double FullAdjustmentGrowth { get; init; } = 1.25;

    /// <summary>Rounds of adjustment, completion and filtering at the end; ends earlier when nothing changes.</summary>
    public int MaxFinalRounds { get; init; } = 4;
}
