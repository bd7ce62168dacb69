using OdmNode.Scene.Model;

namespace OdmNode.Engine.Report.Statistics;

/// <summary>How many photos see a tie point.</summary>
/// <param name="Counts">Tie points by the number of their photos.</param>
internal sealed record TrackLengths(IReadOnlyDictionary<int, int> Counts)
{
    /// <summary>Photos of a tie point in the mean; 0 without tie points.</summary>
    public double Mean => MeanOf(Counts);

    /// <summary>The same of the tie points that three photos or more see.</summary>
    public double MeanOverTwo => MeanOf(Counts.Where(entry => entry.Key > 2));

    public static TrackLengths Of(TiePoints points)
    {
        var counts = new SortedDictionary<int, int>();
        for (int point = 0; point < points.Count; point++)
        {
            int length = points.ObservationsOf(point).Length;
            counts[length] = counts.GetValueOrDefault(length) + 1;
        }

        return new TrackLengths(counts);
    }

    private static double MeanOf(IEnumerable<KeyValuePair<int, int>> counts) =>
        counts.Sum(entry => (double)entry.Key * entry.Value) / Math.Max(1, counts.Sum(entry => entry.Value));
}
