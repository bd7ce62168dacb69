using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Optimization;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Geometry.Pose;

/// <summary>Points from rays of known cameras.</summary>
public static class Triangulation
{
    /// <summary>The point nearest to n ≥ 2 rays, by linear least squares.</summary>
    /// <param name="centers">n projection centres in the world frame.</param>
    /// <param name="rays">n unit vectors in the world frame.</param>
    /// <returns>Null when all rays are parallel within about 1e-6 rad.</returns>
    public static Vector3D? NearestToRays(ReadOnlySpan<Vector3D> centers, ReadOnlySpan<Vector3D> rays)
    {
        double xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0;
        Vector3D b = Vector3D.Zero;
        // Relative to the first centre, so that the size of the coordinates costs no digits.
        Vector3D origin = centers[0];
        for (int i = 0; i < rays.Length; i++)
        {
            Vector3D d = rays[i];
            Vector3D c = centers[i] - origin;
            xx += 1 - (d.X * d.X);
            xy -= d.X * d.Y;
            xz -= d.X * d.Z;
            yy += 1 - (d.Y * d.Y);
            yz -= d.Y * d.Z;
            zz += 1 - (d.Z * d.Z);
            b += c - (Vector3D.Dot(c, d) * d);
        }

        var a = new Matrix3x3(xx, xy, xz, xy, yy, yz, xz, yz, zz);
        // For two rays at angle θ the determinant is near 2 sin²θ.
        if (!(a.Determinant() > 1e-12))
        {
            return null;
        }

        Vector3D point = a.Inverse() * b;
        return double.IsFinite(point.LengthSquared) ? point + origin : null;
    }

    /// <summary>Least squares of the reprojection error on the plane z = 1 (Gauss-Newton).</summary>
    /// <param name="start">A point near the answer.</param>
    /// <param name="cameraFromWorld">n poses.</param>
    /// <param name="normalized">n undistorted image points on the plane z = 1.</param>
    /// <param name="iterations">Steps.</param>
    /// <returns>The refined point; <paramref name="start"/> when it lies behind a camera or the rays do not fix it.</returns>
    public static Vector3D Refine(
        Vector3D start, ReadOnlySpan<RigidTransform> cameraFromWorld, ReadOnlySpan<Vector2D> normalized, int iterations)
    {
        Vector3D point = start;
        Span<double> a = stackalloc double[9];
        Span<double> b = stackalloc double[3];
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            a.Clear();
            b.Clear();
            for (int i = 0; i < normalized.Length; i++)
            {
                Vector3D p = cameraFromWorld[i] * point;
                if (!(p.Z > 0))
                {
                    return start;
                }

                Matrix3x3 r = cameraFromWorld[i].Rotation;
                double iz = 1 / p.Z;
                double x = p.X * iz;
                double y = p.Y * iz;
                Vector3D jx = iz * (r.Row1 - (x * r.Row3));
                Vector3D jy = iz * (r.Row2 - (y * r.Row3));
                double rx = x - normalized[i].X;
                double ry = y - normalized[i].Y;
                a[0] += (jx.X * jx.X) + (jy.X * jy.X);
                a[3] += (jx.Y * jx.X) + (jy.Y * jy.X);
                a[4] += (jx.Y * jx.Y) + (jy.Y * jy.Y);
                a[6] += (jx.Z * jx.X) + (jy.Z * jy.X);
                a[7] += (jx.Z * jx.Y) + (jy.Z * jy.Y);
                a[8] += (jx.Z * jx.Z) + (jy.Z * jy.Z);
                b[0] -= (jx.X * rx) + (jy.X * ry);
                b[1] -= (jx.Y * rx) + (jy.Y * ry);
                b[2] -= (jx.Z * rx) + (jy.Z * ry);
            }

            if (!CholeskySolver.TrySolve(a, b))
            {
                return start;
            }

            point += new Vector3D(b[0], b[1], b[2]);
        }

        return double.IsFinite(point.LengthSquared) ? point : start;
    }
}
