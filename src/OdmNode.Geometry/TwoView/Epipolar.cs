using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Geometry.TwoView;

/// <summary>The relation b ᵀ · E · a = 0 between two views; a and b are points (x, y, 1) of the planes z = 1.</summary>
public static class Epipolar
{
    /// <summary>
    /// Squared Sampson distance: to first order the squared distance by which a and b together must move to satisfy the
    /// relation, in the squared unit of the points. NaN where both epipolar lines vanish.
    /// </summary>
    /// <remarks>Hartley and Zisserman, Multiple View Geometry, 2nd ed., equation 11.9.</remarks>
    public static double SampsonSquared(in Matrix3x3 bFromA, Vector3D a, Vector3D b)
    {
        double lineX = (bFromA.M11 * a.X) + (bFromA.M12 * a.Y) + bFromA.M13;
        double lineY = (bFromA.M21 * a.X) + (bFromA.M22 * a.Y) + bFromA.M23;
        double lineZ = (bFromA.M31 * a.X) + (bFromA.M32 * a.Y) + bFromA.M33;
        double backX = (bFromA.M11 * b.X) + (bFromA.M21 * b.Y) + bFromA.M31;
        double backY = (bFromA.M12 * b.X) + (bFromA.M22 * b.Y) + bFromA.M32;
        double algebraic = (b.X * lineX) + (b.Y * lineY) + lineZ;
        return algebraic * algebraic / ((lineX * lineX) + (lineY * lineY) + (backX * backX) + (backY * backY));
    }

    /// <summary>
    /// The same of unit rays, as <see cref="SampsonSquared"/> would have it with each view turned so that its ray is the z axis: squared radians.
    /// </summary>
    public static double SampsonSquaredOfRays(in Matrix3x3 bFromA, Vector3D a, Vector3D b)
    {
        Vector3D line = bFromA * a;
        Vector3D back = bFromA.Transposed() * b;
        double squared = Vector3D.Dot(b, line) * Vector3D.Dot(b, line);
        return squared / (line.LengthSquared + back.LengthSquared - (2 * squared));
    }

    /// <summary>The essential matrix [t]ₓ R of a relative pose.</summary>
    public static Matrix3x3 EssentialOf(in RigidTransform bFromA)
    {
        Vector3D t = bFromA.Translation;
        return new Matrix3x3(0, -t.Z, t.Y, t.Z, 0, -t.X, -t.Y, t.X, 0) * bFromA.Rotation;
    }
}
