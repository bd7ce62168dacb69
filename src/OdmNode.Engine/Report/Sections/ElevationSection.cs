using OdmNode.Engine.Report.Figures;
using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Statistics;
using OdmNode.Geospatial.Elevation;

namespace OdmNode.Engine.Report.Sections;

/// <summary>The elevation models and how much of them was measured.</summary>
internal static class ElevationSection
{
    private const float AloneHeight = 430;
    private const float SharedHeight = 270;

    public static IEnumerable<IBlock> Of(ReportContent content)
    {
        IReadOnlyList<ElevationModel> models = content.Run.Elevation;
        if (models.Count == 0)
        {
            yield break;
        }

        yield return new Heading("Elevation", TextStyle.Heading);
        foreach (ElevationModel model in models)
        {
            if (content.Relief.TryGetValue(model.Key, out ReliefImage? relief))
            {
                yield return new Stack(
                    4,
                    new ReliefFigure(relief, models.Count == 1 ? AloneHeight : SharedHeight),
                    new Paragraph($"{NameOf(model)} model, lit from the north-west. The colours span 98 % of the heights.", TextStyle.Small));
            }
        }

        yield return new Paragraph(
            "Measured cells rest on points of the cloud around them; filled ones were interpolated across a gap. "
            + "Heights are those of the photos' positions: no geoid was applied.",
            TextStyle.Small,
            introduces: true);
        yield return new Table(
            [
                new TableColumn("Model", 1.5f), new TableColumn("Cell", 1, true), new TableColumn("Lowest", 1, true), new TableColumn("Mean", 1, true),
                new TableColumn("Highest", 1, true), new TableColumn("Std. dev.", 1, true), new TableColumn("Cells", 1.2f, true),
                new TableColumn("Measured", 1, true), new TableColumn("Filled", 1, true),
            ],
            [.. models.Select(Row)]);
    }

    private static string NameOf(ElevationModel model) => model.Key == "dtm" ? "Terrain (DTM)" : "Surface (DSM)";

    private static IReadOnlyList<string> Row(ElevationModel model)
    {
        ElevationSummary heights = model.Summary;
        return
        [
            NameOf(model), Format.Centimetres(heights.CellMetres), Height(heights.Lowest), Height(heights.Mean), Height(heights.Highest),
            Height(heights.Deviation), Format.Count(heights.Cells), Share(heights.Measured, heights.Cells), Share(heights.Filled, heights.Cells),
        ];
    }

    private static string Height(double metres) => Format.Decimal(metres, 2) + " m";

    private static string Share(long? part, long whole) => part is { } known && whole > 0 ? Format.Percent((double)known / whole) : Format.Unknown;
}
