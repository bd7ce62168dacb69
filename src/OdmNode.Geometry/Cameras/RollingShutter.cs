using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Cameras;

/// <summary>Projection into photos whose rows were read one after the other while the camera moved along a straight line.</summary>
/// <remarks>
/// The pose of a photo is that at its middle row. <c>travel</c> is the way of the projection centre from the first row to the last, in the
/// camera frame; turning during the readout is left out, for gimbals keep cameras still.
/// M. Meingast, C. Geyer, S. Sastry, Geometric models of rolling-shutter cameras, OMNIVIS 2005.
/// </remarks>
public static class RollingShutter
{
    // Each step leaves of an error the share of the shift in the picture's height, about a hundredth: two leave some thousandths of a pixel.
    private const int Steps = 2;

    /// <summary>Pixel of a point; with no travel that of <see cref="Camera.Project"/>.</summary>
    /// <param name="camera">Of the photo at any size.</param>
    /// <param name="pointInCamera">At the middle row, where the lens sees it.</param>
    /// <param name="travelInCamera">In the unit of the point.</param>
    public static Vector2D Project(Camera camera, Vector3D pointInCamera, Vector3D travelInCamera)
    {
        ArgumentNullException.ThrowIfNull(camera);
        Vector2D pixel = camera.Project(pointInCamera);
        if (travelInCamera == Vector3D.Zero)
        {
            return pixel;
        }

        for (int step = 0; step < Steps; step++)
        {
            pixel = camera.Project(AtRow(camera, pointInCamera, travelInCamera, pixel.Y));
        }

        return pixel;
    }

    /// <summary>Where a point was in the camera frame when a row was read.</summary>
    /// <param name="camera">Of the photo at any size.</param>
    /// <param name="pointInCamera">At the middle row.</param>
    /// <param name="travelInCamera">In the unit of the point.</param>
    /// <param name="row">Pixels from the upper edge; beyond the edges it counts as at them.</param>
    public static Vector3D AtRow(Camera camera, Vector3D pointInCamera, Vector3D travelInCamera, double row)
    {
        ArgumentNullException.ThrowIfNull(camera);
        return pointInCamera - (Math.Clamp((row / camera.Height) - 0.5, -0.5, 0.5) * travelInCamera);
    }
}
