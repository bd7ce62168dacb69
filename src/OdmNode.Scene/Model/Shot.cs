using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Scene.Model;

/// <summary>A photo whose place is known.</summary>
/// <param name="ImageName">File name with extension.</param>
/// <param name="CameraId">Key into <see cref="Reconstruction.Cameras"/>.</param>
/// <param name="CameraFromWorld">
/// World is local east-north-up metres when the survey is georeferenced, else scene units. Of a photo that was taken on the move, the pose
/// at its middle row.
/// </param>
public sealed record Shot(string ImageName, string CameraId, RigidTransform CameraFromWorld)
{
    /// <summary>Way of the camera in the world frame while the photo's rows were read, first to last; zero where it is not to count.</summary>
    public Vector3D ReadoutTravel { get; init; }

    /// <summary>The same in the camera frame.</summary>
    public Vector3D ReadoutTravelInCamera => CameraFromWorld.Rotation * ReadoutTravel;

    /// <summary>Pixel at which the photo itself shows a point. Meaningful only for points that the lens sees; the caller tests that.</summary>
    /// <param name="camera">From <see cref="Reconstruction.CameraOf"/>.</param>
    /// <param name="pointInWorld">In the world frame.</param>
    public Vector2D Project(Camera camera, Vector3D pointInWorld) =>
        RollingShutter.Project(camera, CameraFromWorld * pointInWorld, ReadoutTravelInCamera);

    /// <summary>Where a point was in the camera frame when a row of the photo was read.</summary>
    /// <param name="camera">From <see cref="Reconstruction.CameraOf"/>.</param>
    /// <param name="pointInWorld">In the world frame.</param>
    /// <param name="row">Pixels from the upper edge.</param>
    public Vector3D ToCamera(Camera camera, Vector3D pointInWorld, double row) =>
        RollingShutter.AtRow(camera, CameraFromWorld * pointInWorld, ReadoutTravelInCamera, row);

    /// <summary>An observed pixel minus the one that a point should be seen at.</summary>
    public Vector2D Residual(Camera camera, Vector3D pointInWorld, Vector2D pixel)
    {
        ArgumentNullException.ThrowIfNull(camera);
        return camera.Residual(ToCamera(camera, pointInWorld, pixel.Y), pixel);
    }
}
