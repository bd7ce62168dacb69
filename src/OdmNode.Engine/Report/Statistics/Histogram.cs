namespace OdmNode.Engine.Report.Statistics;

/// <summary>Values counted in bins of one width.</summary>
/// <param name="Counts">One for each bin.</param>
/// <param name="Edges">One more than bins, from 0 to the largest value.</param>
internal sealed record Histogram(IReadOnlyList<int> Counts, IReadOnlyList<double> Edges)
{
    private const int Bins = 30;

    /// <summary>Counts every value; none is cut off.</summary>
    public static Histogram Of(double[] values)
    {
        double top = values.Length == 0 ? 1 : Math.Max(values.Max(), double.Epsilon);
        var counts = new int[Bins];
        foreach (double value in values)
        {
            counts[Math.Min(Bins - 1, (int)(Bins * value / top))]++;
        }

        return new Histogram(counts, [.. Enumerable.Range(0, Bins + 1).Select(i => top * i / Bins)]);
    }
}
