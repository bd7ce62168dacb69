using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Statistics;

namespace OdmNode.Engine.Report.Sections;

/// <summary>Where the time went.</summary>
internal static class ProcessingSection
{
    private const double Least = 0.05;

    public static IEnumerable<IBlock> Of(ReportContent content)
    {
        RunStatistics run = content.Run;
        yield return new Heading("Processing", TextStyle.Heading);
        yield return new Paragraph(
            "Wall time of each step when it was computed, in this run or in an earlier one whose results were reused; report and packing come after. "
            + "Steps that had nothing to do are not listed.",
            TextStyle.Small,
            introduces: true);
        yield return new Table(
            [new TableColumn("Step", 1.6f), new TableColumn("Stage of ODM", 1.6f), new TableColumn("Time", 1, true), new TableColumn("Share", 1, true)],
            [
                .. run.Stages.Where(stage => stage.Seconds >= Least).Select(stage => (IReadOnlyList<string>)
                    [stage.Name, stage.PublicName, Format.Duration(stage.Seconds), Format.Percent(stage.Seconds / Math.Max(1e-9, run.TotalSeconds))]),
                ["All", "", Format.Duration(run.TotalSeconds), ""],
            ]);
    }
}
