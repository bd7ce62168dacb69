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

    /// <summary>Pixel at which the photo itself shows a point. Meaningful only for points in front of the camera; the caller tests that.</summary>
    /// <param name="camera">From <see cref="Reconstruction.CameraOf"/>.</param>
    /// <param name="pointInWorld">In the world frame.</param>
    public Vector2D Project(BrownCamera camera, Vector3D pointInWorld) =>
        RollingShutter.Project(camera, CameraFromWorld * pointInWorld, ReadoutTravelInCamera);
}
