namespace OdmNode.Engine.Report.Statistics;

/// <summary>How errors are spread; zeros without any.</summary>
internal sealed record ErrorDistribution
{
    public required double Mean { get; init; }

    public required double Median { get; init; }

    public required double RootMeanSquare { get; init; }

    /// <summary>90 % of the errors are at most this.</summary>
    public required double Percentile90 { get; init; }

    /// <summary>99 % of the errors are at most this.</summary>
    public required double Percentile99 { get; init; }

    public required double Maximum { get; init; }

    public required Histogram Histogram { get; init; }

    /// <param name="errors">Not negative; all of them count.</param>
    public static ErrorDistribution Of(double[] errors)
    {
        double[] sorted = [.. errors.Order()];
        double Quantile(double share) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
        int n = Math.Max(1, errors.Length);
        return new ErrorDistribution
        {
            Mean = errors.Sum() / n,
            Median = Quantile(0.5),
            RootMeanSquare = Math.Sqrt(errors.Sum(error => error * error) / n),
            Percentile90 = Quantile(0.9),
            Percentile99 = Quantile(0.99),
            Maximum = sorted.Length == 0 ? 0 : sorted[^1],
            Histogram = Histogram.Of(errors),
        };
    }
}
