using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Statistics;
using OdmNode.Geometry.Linear;

namespace OdmNode.Engine.Report.Sections;

/// <summary>How the result agrees with given places: of the cameras, and of ground control points where there are any.</summary>
internal static class PositionSection
{
    public static IEnumerable<IBlock> Of(ReportContent content)
    {
        RunStatistics run = content.Run;
        if (run.Gps is { } gps)
        {
            yield return new Heading("Camera positions", TextStyle.Heading);
            yield return new Paragraph(
                $"Estimated minus given position of {Format.Count(gps.Count)} photos. The receivers of most drones are good for metres: these figures "
                + "tell how well block and positions agree, not how accurate the map is. That is told by check points.",
                TextStyle.Body,
                introduces: true);
            yield return Axes(gps);
            yield return Ninetieths(gps);
        }

        foreach (bool checkPoints in (bool[])[false, true])
        {
            if (run.ErrorsOfControl(checkPoints) is { } errors)
            {
                yield return new Heading(checkPoints ? "Check points" : "Ground control points", TextStyle.Heading);
                yield return Axes(errors);
                yield return Ninetieths(errors);
                yield return new Table(
                    [
                        new TableColumn("Point", 2), new TableColumn("Photos", 1, true), new TableColumn("East", 1, true),
                        new TableColumn("North", 1, true), new TableColumn("Up", 1, true), new TableColumn("Distance", 1, true),
                    ],
                    [.. run.ControlPoints.Where(point => point.IsCheckPoint == checkPoints).Select(Row)]);
            }
        }
    }

    private static Table Axes(PositionErrors errors) => new(
        [new TableColumn("", 1.6f), new TableColumn("East", 1, true), new TableColumn("North", 1, true), new TableColumn("Up", 1, true)],
        [
            ["Mean", .. Lengths(errors.Mean)],
            ["Standard deviation (sigma)", .. Lengths(errors.Deviation)],
            ["RMSE", .. Lengths(errors.RootMeanSquare)],
        ]);

    private static Table Ninetieths(PositionErrors errors) => new(
        [new TableColumn("", 3.6f), new TableColumn("", 1, true)],
        [
            ["Mean distance in space", Format.Metres(errors.AverageDistance)],
            ["CE90: 90 % are at most this far off in plan", Format.Metres(errors.Ce90)],
            ["LE90: 90 % are at most this far off in height", Format.Metres(errors.Le90)],
        ]);

    private static IReadOnlyList<string> Row(ControlPointError point) =>
        [point.Id, Format.Count(point.Photos), .. Lengths(point.Error), Format.Metres(point.Error.Length)];

    private static IEnumerable<string> Lengths(Vector3D v) => [Format.Metres(v.X), Format.Metres(v.Y), Format.Metres(v.Z)];
}
