using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Sfm.Alignment;

/// <summary>Which way is up, from how cameras are held.</summary>
internal static class UpDirection
{
    /// <summary>Up in the camera frame: by the gimbal's pitch, or as if the camera looked straight down.</summary>
    public static Vector3D InCamera(SfmPhoto photo)
    {
        (double sin, double cos) = Math.SinCos((photo.PitchDegrees ?? 0) * Math.PI / 180);
        return new Vector3D(0, -sin, -cos);
    }

    /// <summary>Up in the world of a block without positions.</summary>
    /// <remarks>
    /// People and gimbals keep the horizon level, so up is the direction most nearly orthogonal to all image x axes. Its sign is that
    /// of the images' upper edges, or, where those cancel out as in a survey that looks down, the one that the cameras look from. When
    /// all x axes are parallel they say nothing, and the mean upper edge is taken.
    /// </remarks>
    public static Vector3D OfFreeBlock(IReadOnlyList<RigidTransform> camerasFromWorld)
    {
        double xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0;
        Vector3D upper = Vector3D.Zero;
        Vector3D back = Vector3D.Zero;
        foreach (RigidTransform camera in camerasFromWorld)
        {
            Vector3D x = camera.Rotation.Row1;
            xx += x.X * x.X;
            xy += x.X * x.Y;
            xz += x.X * x.Z;
            yy += x.Y * x.Y;
            yz += x.Y * x.Z;
            zz += x.Z * x.Z;
            upper += -camera.Rotation.Row2;
            back += -camera.Rotation.Row3;
        }

        double n = camerasFromWorld.Count;
        (Vector3D values, Vector3D normal, _, _) = SymmetricEigen.Decompose(new Matrix3x3(xx, xy, xz, xy, yy, yz, xz, yz, zz));
        if (values.Y < 0.01 * n)
        {
            return upper.Length > 0.2 * n ? upper.Normalized() : back.Normalized();
        }

        double byUpper = Vector3D.Dot(upper, normal);
        double side = Math.Abs(byUpper) > 0.2 * n ? byUpper : Vector3D.Dot(back, normal);
        return side < 0 ? -normal : normal;
    }
}
