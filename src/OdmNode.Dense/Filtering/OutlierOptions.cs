namespace OdmNode.Dense.Filtering;

/// <summary>When a point of a cloud is an outlier.</summary>
public sealed record OutlierOptions
{
    /// <summary>Nearest neighbours whose mean distance is looked at.</summary>
    public int Neighbours { get; init; } = 16;

    /// <summary>Standard deviations above the mean of the surroundings that are allowed; 0 filters nothing.</summary>
    public double MaxDeviation { get; init; } = 5;
}
