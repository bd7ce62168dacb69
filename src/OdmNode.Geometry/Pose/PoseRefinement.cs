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
}
