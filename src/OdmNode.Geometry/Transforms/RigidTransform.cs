using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Transforms;

/// <summary>A rotation followed by a translation. <c>cameraFromWorld * pointInWorld</c> is the point in the camera frame.</summary>
/// <param name="Rotation">Orthonormal, determinant 1.</param>
/// <param name="Translation">Metres where the scene is georeferenced, else scene units.</param>
public readonly record struct RigidTransform(Matrix3x3 Rotation, Vector3D Translation)
{
    public static readonly RigidTransform Identity = new(Matrix3x3.Identity, Vector3D.Zero);

    public static Vector3D operator *(in RigidTransform t, Vector3D point) => (t.Rotation * point) + t.Translation;

    public static RigidTransform operator *(in RigidTransform a, in RigidTransform b) =>
        new(a.Rotation * b.Rotation, (a.Rotation * b.Translation) + a.Translation);

    /// <summary>Of <c>bFromA</c>, <c>aFromB</c>.</summary>
    public RigidTransform Inverse()
    {
        Matrix3x3 transposed = Rotation.Transposed();
        return new RigidTransform(transposed, -(transposed * Translation));
    }

    /// <summary>Of <c>cameraFromWorld</c>: the projection centre in the world frame.</summary>
    public Vector3D Center => -(Rotation.Transposed() * Translation);
}
