using OdmNode.Engine.Report.Figures;
using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Statistics;
using OdmNode.Engine.Stages;

namespace OdmNode.Engine.Report.Sections;

/// <summary>Features, tie points, and how well they agree.</summary>
internal static class AdjustmentSection
{
    private const double MilliradiansPerRadian = 1000;
    private static readonly (int From, int To)[] LengthClasses = [(2, 2), (3, 3), (4, 4), (5, 5), (6, 7), (8, 10), (11, 20), (21, int.MaxValue)];

    public static IEnumerable<IBlock> Of(ReportContent content)
    {
        RunStatistics run = content.Run;
        yield return new Heading("Adjustment", TextStyle.Heading);
        yield return new Table(
            [
                new TableColumn("Features of a photo", 1.6f), new TableColumn("Least", 1, true), new TableColumn("Most", 1, true),
                new TableColumn("Mean", 1, true), new TableColumn("Median", 1, true),
            ],
            [Counts("Detected", run.Detected), Counts("In tie points", run.Reconstructed)]);
        yield return new Table(
            [
                new TableColumn("Reprojection error", 1.6f), new TableColumn("Mean", 1, true), new TableColumn("Median", 1, true), new TableColumn("RMS", 1, true),
                new TableColumn("90 %", 1, true), new TableColumn("99 %", 1, true), new TableColumn("Largest", 1, true),
            ],
            [
                Errors("Pixels", run.Pixels, 1), Errors("In sizes of the keypoint", run.Normalized, 1),
                Errors("Milliradians", run.Angular, MilliradiansPerRadian),
            ]);
        yield return new Stack(
            4,
            new HistogramFigure(run.Pixels),
            new Paragraph(
                $"All {Format.Count(run.Observations)} observations that the adjustment kept; none is left out of these figures. The matched tracks "
                + $"held {Format.Count(run.InitialObservations)}: the others were rejected as wrong, or belong to photos that were not placed.",
                TextStyle.Small));
        if (run.Shutter is { Photos: > 0 } shutter)
        {
            yield return new Paragraph(ShutterOption.Describe(shutter), TextStyle.Small);
        }

        yield return new Stack(3, new Heading("Photos that see a tie point", TextStyle.SubHeading), Tracks(run));
    }

    private static IReadOnlyList<string> Counts(string name, CountSummary counts) =>
        [name, Format.Count(counts.Minimum), Format.Count(counts.Maximum), Format.Count(counts.Mean), Format.Count(counts.Median)];

    private static IReadOnlyList<string> Errors(string name, ErrorDistribution errors, double unit) =>
    [
        name,
        .. ((double[])[errors.Mean, errors.Median, errors.RootMeanSquare, errors.Percentile90, errors.Percentile99, errors.Maximum])
            .Select(error => Format.Decimal(unit * error, 3)),
    ];

    private static SideBySide Tracks(RunStatistics run)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach ((int from, int to) in LengthClasses)
        {
            int count = run.Tracks.Counts.Where(entry => entry.Key >= from && entry.Key <= to).Sum(entry => entry.Value);
            if (count > 0)
            {
                rows.Add([Label(from, to), Format.Count(count), Format.Percent((double)count / run.Points)]);
            }
        }

        return new SideBySide(
            new Table([new TableColumn("Photos", 1), new TableColumn("Tie points", 1, true), new TableColumn("Share", 1, true)], rows),
            new Table(
                [new TableColumn("All tie points", 2), new TableColumn("", 1, true)],
                [
                    ["Tie points", Format.Count(run.Points)],
                    ["Observations kept", Format.Count(run.Observations)],
                    ["Observations in matched tracks", Format.Count(run.InitialObservations)],
                    ["Photos of a tie point, mean", Format.Decimal(run.Tracks.Mean, 2)],
                    ["Of those with three or more", Format.Decimal(run.Tracks.MeanOverTwo, 2)],
                    ["Separate parts found", Format.Count(run.Components)],
                ]));
    }

    private static string Label(int from, int to) => from == to ? $"{from}" : to == int.MaxValue ? $"{from} or more" : $"{from} to {to}";
}
