using OdmNode.Geometry.Cameras;

namespace OdmNode.Engine.Report.Statistics;

/// <summary>A lens before and after the adjustment.</summary>
/// <param name="Id">As in cameras.json.</param>
/// <param name="Initial">Null where no start values were kept.</param>
/// <param name="Optimised">After the adjustment.</param>
/// <param name="Photos">Placed photos that were taken with it.</param>
internal sealed record CameraCalibration(string Id, BrownCamera? Initial, BrownCamera Optimised, int Photos)
{
    /// <summary>Names and values of a lens as ODM gives them: lengths in units of the longest side, the centre from the middle.</summary>
    public static IReadOnlyList<(string Name, double Value)> Parameters(BrownCamera camera) =>
    [
        ("k1", camera.K1),
        ("k2", camera.K2),
        ("k3", camera.K3),
        ("p1", camera.P1),
        ("p2", camera.P2),
        ("focal", camera.FocalX / camera.LongestSide),
        ("aspect_ratio", camera.FocalY / camera.FocalX),
        ("cx", (camera.CenterX - (0.5 * camera.Width)) / camera.LongestSide),
        ("cy", (camera.CenterY - (0.5 * camera.Height)) / camera.LongestSide),
    ];
}
