using System.Globalization;
using OdmNode.Engine.Report.Figures;
using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Statistics;

namespace OdmNode.Engine.Report.Sections;

/// <summary>How well the ground is covered, and which photos are missing.</summary>
internal static class OverlapSection
{
    private const float MapHeight = 365;
    private const float LocalHeight = 265;
    private const int MostPhotos = 100;

    public static IEnumerable<IBlock> Of(ReportContent content)
    {
        RunStatistics run = content.Run;
        yield return new Heading("Overlap", TextStyle.Heading);
        yield return new Stack(
            4,
            new OverlapFigure(content.Overlap, content.Outline, run.Map is null ? LocalHeight : MapHeight),
            new Paragraph("Photos that show each place, by their frames and the height of the tie points; what hides a place is not considered.", TextStyle.Small));
        int classes = run.OverlapShares.Count;
        yield return new Table(
            [
                new TableColumn("Photos that show a place", 2),
                .. Enumerable.Range(1, classes).Select(i => new TableColumn(Label(i, classes), 1, true)),
            ],
            [[run.Map is null ? "Share of what is shown" : "Share of the surveyed area", .. run.OverlapShares.Select(Format.Percent)]]);
        if (run.Unplaced.Count == 0)
        {
            yield break;
        }

        yield return new Heading("Photos that were not placed", TextStyle.Heading);
        yield return new Table(
            [new TableColumn("Photo", 1), new TableColumn("Reason", 1.8f)],
            [.. run.Unplaced.Take(MostPhotos).Select(photo => (IReadOnlyList<string>)[photo.ImageName, photo.Reason])]);
        if (run.Unplaced.Count > MostPhotos)
        {
            yield return new Paragraph(
                $"{Format.Count(run.Unplaced.Count - MostPhotos)} more are listed in stats.json under unplaced_shots.", TextStyle.Small);
        }
    }

    private static string Label(int photos, int classes) =>
        photos.ToString(CultureInfo.InvariantCulture) + (photos == classes ? " or more" : "");
}
