using OdmNode.Engine.Report.Figures;
using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Statistics;
using OdmNode.Geometry.Geodesy;

namespace OdmNode.Engine.Report.Sections;

/// <summary>What the survey is, its key figures, and the orthophoto.</summary>
internal static class CoverSection
{
    private const float MapHeight = 360;
    private const double Centimetre = 0.01;

    public static IEnumerable<IBlock> Of(ReportContent content)
    {
        RunStatistics run = content.Run;
        yield return new Stack(2, new Heading("Survey report", TextStyle.Title), new Paragraph(Subtitle(run), TextStyle.Body));
        yield return new KeyFigures(Known(
        [
            ($"{Format.Count(run.PhotosPlaced)} / {Format.Count(run.PhotosGiven)}", "photos placed"),
            (Format.Area(run.SurveyedArea), "surveyed area"),
            (Format.Centimetres(Gsd(run)), "ground sampling"),
            (Format.Rounded(run.Cloud.Count), "dense points"),
            (Format.Pixels(run.Pixels.Median), "reprojection"),
            (Format.Metres(run.Gps?.AverageDistance), "mean GPS error"),
        ]));
        if (content.Orthophoto is { } orthophoto)
        {
            string caption = orthophoto.MetresPerPixel is { } metres && metres >= Centimetre
                ? $"Orthophoto, shown at {Format.Decimal(100 * metres, 1)} cm per pixel."
                : "Orthophoto, reduced.";
            yield return new Stack(4, new MapFigure(orthophoto, MapHeight), new Paragraph(caption, TextStyle.Small));
        }

        yield return new Heading("Summary", TextStyle.Heading);
        yield return new SideBySide(Pairs(Survey(run)), Pairs(Processing(run)));
    }

    /// <summary>Scene units are no centimetres.</summary>
    private static double? Gsd(RunStatistics run) => run.Map is null ? null : run.GsdMetres;

    private static string Subtitle(RunStatistics run)
    {
        string place = run.Map is { } map ? $" at {Place(map.Local.Origin)}" : "";
        string taken = run.FirstCapture is { } first ? $"Photos of {Format.Day(first)}{place}. " : "";
        return $"{taken}Processed on {Format.Day(run.WrittenAt)} with OdmNode {ProductVersion.Text}.";
    }

    private static string Place(GeodeticPosition position) => Format.Degrees(position.LatitudeDegrees, position.LongitudeDegrees);

    /// <summary>A survey without a map has fewer figures, not empty ones.</summary>
    private static IReadOnlyList<(string Value, string Label)> Known(IReadOnlyList<(string Value, string Label)> figures) =>
        [.. figures.Where(figure => figure.Value != Format.Unknown)];

    private static IReadOnlyList<IReadOnlyList<string>> Survey(RunStatistics run) =>
    [
        ["Photos used", $"{Format.Count(run.PhotosPlaced)} of {Format.Count(run.PhotosGiven)}"],
        ["Captured", Format.Window(run.FirstCapture, run.LastCapture)],
        ["Georeference", run.FollowsControl ? "ground control points" : run.Gps is not null ? "GPS of the photos" : "none: local coordinates without scale"],
        ["Coordinate system", run.Map is { } map ? CoordinateSystem(map.Zone) : Format.Unknown],
        ["Mean GPS error", Format.Metres(run.Gps?.AverageDistance)],
        ["Surveyed area", Format.Area(run.SurveyedArea)],
        ["Area of the cameras", run.Map is null ? Format.Unknown : Format.Area(run.CameraArea)],
        ["Ground sampling", Format.Centimetres(Gsd(run))],
    ];

    private static IReadOnlyList<IReadOnlyList<string>> Processing(RunStatistics run) =>
    [
        ["Processed", Format.Moment(run.WrittenAt) + " UTC"],
        ["Processing time", Format.Duration(run.TotalSeconds)],
        ["Features, median photo", Format.Count(run.Detected.Median)],
        ["In tie points, median", Format.Count(run.Reconstructed.Median)],
        ["Sparse cloud", Format.Count(run.Points) + " tie points"],
        ["Dense cloud", Format.Count(run.Cloud.Count) + " points"],
        ["Reprojection, median", Format.Pixels(run.Pixels.Median)],
        ["Reprojection, RMS", Format.Pixels(run.Pixels.RootMeanSquare)],
    ];

    private static string CoordinateSystem(UtmZone zone) =>
        FormattableString.Invariant($"WGS 84 / UTM zone {zone.Number}{(zone.North ? 'N' : 'S')} (EPSG:{zone.EpsgCode})");

    private static Table Pairs(IReadOnlyList<IReadOnlyList<string>> rows) => new(
        [new TableColumn("", 1), new TableColumn("", 1.3f)], [.. rows.Where(row => row[1] != Format.Unknown)]);
}
