namespace OdmNode.Engine.Report.Statistics;

/// <summary>Smallest, largest, mean and middle of whole numbers; zeros without any.</summary>
internal sealed record CountSummary(int Minimum, int Maximum, int Mean, int Median)
{
    public static CountSummary Of(IEnumerable<int> counts)
    {
        int[] sorted = [.. counts.Order()];
        return sorted.Length == 0
            ? new CountSummary(0, 0, 0, 0)
            : new CountSummary(sorted[0], sorted[^1], (int)Math.Round(sorted.Average()), (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2);
    }
}
