using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Transforms;

/// <summary>Conversions between rotation matrices and axis-angle vectors (axis times angle, radians).</summary>
public static class Rotations
{
    /// <summary>Rodrigues' formula. Any length of vector is accepted; the zero vector gives the identity.</summary>
    public static Matrix3x3 FromAxisAngle(Vector3D axisAngle)
    {
        double angle = axisAngle.Length;
        double half = 0.5 * angle;
        // sin(θ)/θ and (1 − cos θ)/θ² without cancellation near zero.
        double s = angle < 1e-6 ? 1.0 - (angle * angle / 6.0) : Math.Sin(angle) / angle;
        double h = angle < 1e-6 ? 0.5 : 0.5 * Math.Pow(Math.Sin(half) / half, 2);
        (double x, double y, double z) = axisAngle;
        return new Matrix3x3(
            1 - (h * ((y * y) + (z * z))), (h * x * y) - (s * z), (h * x * z) + (s * y),
            (h * x * y) + (s * z), 1 - (h * ((x * x) + (z * z))), (h * y * z) - (s * x),
            (h * x * z) - (s * y), (h * y * z) + (s * x), 1 - (h * ((x * x) + (y * y))));
    }

    /// <summary>The axis-angle vector of a rotation matrix, of length in [0, π].</summary>
    public static Vector3D ToAxisAngle(in Matrix3x3 rotation)
    {
        // Through the quaternion of the largest component: accurate at 0 and at π (Shepperd 1978).
        Matrix3x3 r = rotation;
        double trace = r.Trace();
        double w, x, y, z;
        if (trace > 0)
        {
            double s = Math.Sqrt(trace + 1) * 2;
            (w, x, y, z) = (s / 4, (r.M32 - r.M23) / s, (r.M13 - r.M31) / s, (r.M21 - r.M12) / s);
        }
        else if (r.M11 >= r.M22 && r.M11 >= r.M33)
        {
            double s = Math.Sqrt(1 + r.M11 - r.M22 - r.M33) * 2;
            (w, x, y, z) = ((r.M32 - r.M23) / s, s / 4, (r.M12 + r.M21) / s, (r.M13 + r.M31) / s);
        }
        else if (r.M22 >= r.M33)
        {
            double s = Math.Sqrt(1 + r.M22 - r.M11 - r.M33) * 2;
            (w, x, y, z) = ((r.M13 - r.M31) / s, (r.M12 + r.M21) / s, s / 4, (r.M23 + r.M32) / s);
        }
        else
        {
            double s = Math.Sqrt(1 + r.M33 - r.M11 - r.M22) * 2;
            (w, x, y, z) = ((r.M21 - r.M12) / s, (r.M13 + r.M31) / s, (r.M23 + r.M32) / s, s / 4);
        }

        if (w < 0)
        {
            (w, x, y, z) = (-w, -x, -y, -z);
        }

        double sine = Math.Sqrt((x * x) + (y * y) + (z * z));
        double scale = sine < 1e-12 ? 2.0 : 2.0 * Math.Atan2(sine, w) / sine;
        return new Vector3D(scale * x, scale * y, scale * z);
    }
}
