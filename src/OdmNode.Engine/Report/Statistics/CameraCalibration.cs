using OdmNode.Engine.Assets;
using OdmNode.Geometry.Cameras;

namespace OdmNode.Engine.Report.Statistics;

/// <summary>A lens before and after the adjustment.</summary>
/// <param name="Id">As in cameras.json.</param>
/// <param name="Initial">Null where no start values were kept.</param>
/// <param name="Optimised">After the adjustment.</param>
/// <param name="Photos">Placed photos that were taken with it.</param>
internal sealed record CameraCalibration(string Id, Camera? Initial, Camera Optimised, int Photos)
{
    /// <summary>Names and values that a lens of its model has, as ODM gives them: lengths in units of the longest side, the centre from the middle.</summary>
    public static IReadOnlyList<(string Name, double Value)> Parameters(Camera camera)
    {
        if (camera.Model == LensModel.Spherical)
        {
            return [];
        }

        (string Name, double Value) focal = ("focal", camera.FocalX / camera.LongestSide);
        (string Name, double Value)[] lengths = camera.Model is LensModel.Brown or LensModel.FisheyeOpenCv
            ?
            [
                focal,
                ("aspect_ratio", camera.FocalY / camera.FocalX),
                ("cx", (camera.CenterX - (0.5 * camera.Width)) / camera.LongestSide),
                ("cy", (camera.CenterY - (0.5 * camera.Height)) / camera.LongestSide),
            ]
            : [focal];
        return [.. CamerasJson.Coefficients(camera).OrderBy(static entry => entry.Name, StringComparer.Ordinal), .. lengths];
    }
}
