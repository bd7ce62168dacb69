using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Geometry.Pose;

/// <summary>A frame about the centre of a camera whose z axis is one line of sight.</summary>
/// <remarks>
/// In it, whatever direction the camera sees a point in, the point lies near (0, 0, z): an error on the plane z = 1 is an angle. Errors of
/// a wide lens are so treated by the formulas of pinhole cameras, over the whole sphere.
/// </remarks>
public static class SightFrame
{
    /// <summary>Rotation from the camera frame, for a unit ray in it.</summary>
    public static Matrix3x3 Of(Vector3D ray)
    {
        Vector3D aside = Math.Abs(ray.X) < 0.6 ? new Vector3D(1, 0, 0) : new Vector3D(0, 1, 0);
        Vector3D y = Vector3D.Cross(ray, aside).Normalized();
        return Matrix3x3.FromRows(Vector3D.Cross(y, ray), y, ray);
    }

    /// <summary>The pose and the image point on the plane z = 1 with which pinhole formulas take one observation.</summary>
    /// <param name="cameraFromWorld">Pose of the camera.</param>
    /// <param name="imagePoint">From <see cref="Cameras.Camera.ImagePoint"/>.</param>
    /// <param name="isWide">True when that is a ray.</param>
    public static (RigidTransform Pose, Vector2D Image) Observe(in RigidTransform cameraFromWorld, Vector3D imagePoint, bool isWide)
    {
        if (!isWide)
        {
            return (cameraFromWorld, new Vector2D(imagePoint.X, imagePoint.Y));
        }

        Matrix3x3 sightFromCamera = Of(imagePoint);
        return (new RigidTransform(sightFromCamera * cameraFromWorld.Rotation, sightFromCamera * cameraFromWorld.Translation), default);
    }
}
