using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Transforms;

/// <summary>Rotation, uniform scale and translation: <c>b = Scale · Rotation · a + Translation</c>.</summary>
public readonly record struct SimilarityTransform(double Scale, Matrix3x3 Rotation, Vector3D Translation)
{
    public static readonly SimilarityTransform Identity = new(1.0, Matrix3x3.Identity, Vector3D.Zero);

    public static Vector3D operator *(in SimilarityTransform t, Vector3D point) =>
        (t.Scale * (t.Rotation * point)) + t.Translation;

    /// <summary>Of <c>cameraFromA</c> and this <c>bFromA</c>: <c>cameraFromB</c>, in the units of b.</summary>
    public RigidTransform TransformCamera(in RigidTransform cameraFromA)
    {
        Matrix3x3 rotation = cameraFromA.Rotation * Rotation.Transposed();
        Vector3D center = this * cameraFromA.Center;
        return new RigidTransform(rotation, -(rotation * center));
    }

    /// <summary>Of <c>bFromA</c>, <c>aFromB</c>.</summary>
    public SimilarityTransform Inverse()
    {
        Matrix3x3 transposed = Rotation.Transposed();
        return new SimilarityTransform(1.0 / Scale, transposed, (-1.0 / Scale) * (transposed * Translation));
    }
}
