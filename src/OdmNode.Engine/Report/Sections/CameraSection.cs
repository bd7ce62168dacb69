using OdmNode.Engine.Assets;
using OdmNode.Engine.Report.Figures;
using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Statistics;
using OdmNode.Geometry.Cameras;
using OdmNode.Sfm.Bundle;

namespace OdmNode.Engine.Report.Sections;

/// <summary>The calibration of each lens and what it leaves unexplained.</summary>
internal static class CameraSection
{
    public static IEnumerable<IBlock> Of(ReportContent content)
    {
        yield return new Heading("Cameras", TextStyle.Heading);
        foreach (CameraCalibration camera in content.Run.Cameras)
        {
            yield return new Heading(camera.Id, TextStyle.SubHeading);
            yield return new Paragraph(
                $"{camera.Optimised.Width} × {camera.Optimised.Height} pixels, {Format.Count(camera.Photos)} placed photos. Focal length and centre are in "
                + $"units of the longest side, the centre counts from the middle of the picture; {LensNames.Describe(camera.Optimised.Model)}.",
                TextStyle.Small,
                introduces: true);
            if (CameraCalibration.Parameters(camera.Optimised).Count > 0)
            {
                yield return Calibration(camera);
            }

            if (content.Residuals.FirstOrDefault(grid => grid.CameraId == camera.Id) is { } grid)
            {
                yield return Residuals(grid);
            }
        }
    }

    /// <summary>Arrows and magnitudes of one lens with what they mean.</summary>
    public static IBlock Residuals(ResidualGrid grid) => new Stack(
        4,
        new SideBySide(new ResidualVectors(grid), new ResidualHeat(grid)),
        new Paragraph(
            $"Left: mean of observed minus projected over each part of the picture. Right: root mean square of all residuals. All {Format.Count(grid.Observations)} observations of the lens.",
            TextStyle.Small));

    private static Table Calibration(CameraCalibration camera)
    {
        IReadOnlyList<(string Name, double Value)> after = CameraCalibration.Parameters(camera.Optimised);
        IReadOnlyList<(string Name, double Value)>? before = camera.Initial is { } start ? CameraCalibration.Parameters(start) : null;
        return new Table(
            [new TableColumn("", 1.2f), .. after.Select(parameter => new TableColumn(HeadOf(parameter.Name), 1, true))],
            [
                ["Initial", .. after.Select((_, i) => before is null ? Format.Unknown : Format.Decimal(before[i].Value, 5))],
                ["Optimised", .. after.Select(parameter => Format.Decimal(parameter.Value, 5))],
                ["Focal length", .. after.Select(parameter => parameter.Name == "focal" ? Focal(camera.Optimised) : "")],
            ]);
    }

    private static string HeadOf(string name) => name == "aspect_ratio" ? "aspect" : name;

    private static string Focal(Camera camera) => Format.Decimal(camera.FocalX, 1) + " px";
}
