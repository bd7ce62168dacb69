using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Optimization;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Geometry.Pose;

/// <summary>Sharpens the pose of one camera from many known points.</summary>
public static class PoseRefinement
{
    /// <summary>Gauss-Newton on the plane z = 1 with Cauchy's weights, which leave gross errors without a say.</summary>
    /// <param name="start">cameraFromWorld near the answer.</param>
    /// <param name="points">n points in the world frame.</param>
    /// <param name="normalized">n undistorted image points on the plane z = 1.</param>
    /// <param name="scale">Standard deviation of an image coordinate on that plane.</param>
    /// <param name="iterations">Steps at most; ends earlier when nothing moves.</param>
    /// <returns>The refined pose; <paramref name="start"/> when the points do not determine one.</returns>
    public static RigidTransform Refine(
        in RigidTransform start, ReadOnlySpan<Vector3D> points, ReadOnlySpan<Vector2D> normalized, double scale, int iterations)
    {
        RigidTransform pose = start;
        double inverseSquare = 1 / (scale * scale);
        Span<double> a = stackalloc double[36];
        Span<double> b = stackalloc double[6];
        Span<double> jx = stackalloc double[6];
        Span<double> jy = stackalloc double[6];
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            a.Clear();
            b.Clear();
            for (int i = 0; i < points.Length; i++)
            {
                Vector3D p = pose * points[i];
                if (p.Z <= 0)
                {
                    continue;
                }

                double iz = 1 / p.Z;
                double x = p.X * iz;
                double y = p.Y * iz;
                double rx = x - normalized[i].X;
                double ry = y - normalized[i].Y;
                double weight = 1 / (1 + (inverseSquare * ((rx * rx) + (ry * ry))));

                // Derivatives by a small rotation from the left, then by the translation.
                (jx[0], jx[1], jx[2], jx[3], jx[4], jx[5]) = (-x * y, 1 + (x * x), -y, iz, 0, -x * iz);
                (jy[0], jy[1], jy[2], jy[3], jy[4], jy[5]) = (-1 - (y * y), x * y, x, 0, iz, -y * iz);
                for (int r = 0; r < 6; r++)
                {
                    b[r] -= weight * ((jx[r] * rx) + (jy[r] * ry));
                    for (int c = 0; c <= r; c++)
                    {
                        a[(6 * r) + c] += weight * ((jx[r] * jx[c]) + (jy[r] * jy[c]));
                    }
                }
            }

            if (!CholeskySolver.TrySolve(a, b))
            {
                return start;
            }

            Matrix3x3 turn = Rotations.FromAxisAngle(new Vector3D(b[0], b[1], b[2]));
            pose = new RigidTransform(turn * pose.Rotation, (turn * pose.Translation) + new Vector3D(b[3], b[4], b[5]));
            double turned = (b[0] * b[0]) + (b[1] * b[1]) + (b[2] * b[2]);
            if (turned < 1e-20)
            {
                break;
            }
        }

        return pose;
    }

    /// <summary>The same on the unit sphere, for lenses of any width: the error is the chord between a ray and the direction of its point.</summary>
    /// <param name="start">cameraFromWorld near the answer.</param>
    /// <param name="points">n points in the world frame.</param>
    /// <param name="rays">n unit vectors in the camera frame.</param>
    /// <param name="scale">Standard deviation of a ray across its direction, radians.</param>
    /// <param name="iterations">Steps at most; ends earlier when nothing moves.</param>
    /// <returns>The refined pose; <paramref name="start"/> when the points do not determine one.</returns>
    public static RigidTransform RefineByRays(
        in RigidTransform start, ReadOnlySpan<Vector3D> points, ReadOnlySpan<Vector3D> rays, double scale, int iterations)
    {
        RigidTransform pose = start;
        double inverseSquare = 1 / (scale * scale);
        Span<double> a = stackalloc double[36];
        Span<double> b = stackalloc double[6];
        Span<double> row = stackalloc double[6];
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            a.Clear();
            b.Clear();
            for (int i = 0; i < points.Length; i++)
            {
                Vector3D p = pose * points[i];
                Matrix3x3 sightFromCamera = SightFrame.Of(rays[i]);
                double inverse = 1 / p.Length;
                Vector3D difference = (inverse * p) - rays[i];
                double weight = 1 / (1 + (inverseSquare * difference.LengthSquared));
                if (!double.IsFinite(weight) || Vector3D.Dot(p, rays[i]) <= 0)
                {
                    continue;
                }

                // Across the ray only: along it, the chord between unit vectors does not change to first order.
                foreach (Vector3D axis in (ReadOnlySpan<Vector3D>)[sightFromCamera.Row1, sightFromCamera.Row2])
                {
                    double residual = Vector3D.Dot(axis, difference);
                    Vector3D slope = inverse * (axis - ((inverse * inverse * Vector3D.Dot(axis, p)) * p));
                    Vector3D byTurn = Vector3D.Cross(p, slope);
                    (row[0], row[1], row[2], row[3], row[4], row[5]) = (byTurn.X, byTurn.Y, byTurn.Z, slope.X, slope.Y, slope.Z);
                    for (int r = 0; r < 6; r++)
                    {
                        b[r] -= weight * row[r] * residual;
                        for (int c = 0; c <= r; c++)
                        {
                            a[(6 * r) + c] += weight * row[r] * row[c];
                        }
                    }
                }
            }

            if (!CholeskySolver.TrySolve(a, b))
            {
                return start;
            }

            Matrix3x3 turn = Rotations.FromAxisAngle(new Vector3D(b[0], b[1], b[2]));
            pose = new RigidTransform(turn * pose.Rotation, (turn * pose.Translation) + new Vector3D(b[3], b[4], b[5]));
            if ((b[0] * b[0]) + (b[1] * b[1]) + (b[2] * b[2]) < 1e-20)
            {
                break;
            }
        }

        return pose;
    }
}
