using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Optimization;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Geometry.Pose;

/// <summary>Poses of a calibrated camera that sees three known points (P3P).</summary>
public static class ThreePointPose
{
    /// <summary>Most solutions that three points can have.</summary>
    public const int MaxSolutions = 4;

    /// <summary>Writes the poses <c>cameraFromWorld</c> and returns how many there are.</summary>
    /// <param name="rays">Three unit vectors in the camera frame.</param>
    /// <param name="points">The three points in the world frame, not on one line.</param>
    /// <param name="solutions">Room for <see cref="MaxSolutions"/>.</param>
    /// <returns>0 to 4; 0 also for points on a line or rays that coincide.</returns>
    /// <remarks>
    /// Grunert's quartic for the ratio of two distances, as in R. Haralick et al., Review and analysis of solutions of the three
    /// point perspective pose estimation problem, IJCV 13 (1994); the distances are then sharpened by Newton steps.
    /// </remarks>
    public static int Solve(ReadOnlySpan<Vector3D> rays, ReadOnlySpan<Vector3D> points, Span<RigidTransform> solutions)
    {
        double a2 = (points[1] - points[2]).LengthSquared;
        double b2 = (points[0] - points[2]).LengthSquared;
        double c2 = (points[0] - points[1]).LengthSquared;
        Vector3D normal = Vector3D.Cross(points[1] - points[0], points[2] - points[0]);
        if (!(normal.LengthSquared > 1e-12 * b2 * c2))
        {
            return 0;
        }

        double cosA = Vector3D.Dot(rays[1], rays[2]);
        double cosB = Vector3D.Dot(rays[0], rays[2]);
        double cosC = Vector3D.Dot(rays[0], rays[1]);
        double d = (a2 - c2) / b2;
        double s = (a2 + c2) / b2;
        double c = c2 / b2;
        double a = a2 / b2;
        Span<double> quartic =
        [
            ((1 + d) * (1 + d)) - (4 * a * cosC * cosC),
            4 * ((-d * (1 + d) * cosB) + (2 * a * cosC * cosC * cosB) - ((1 - s) * cosA * cosC)),
            2 * ((d * d) - 1 + (2 * d * d * cosB * cosB) + (2 * (1 - c) * cosA * cosA) - (4 * s * cosA * cosB * cosC) + (2 * (1 - a) * cosC * cosC)),
            4 * ((d * (1 - d) * cosB) - ((1 - s) * cosA * cosC) + (2 * c * cosA * cosA * cosB)),
            ((d - 1) * (d - 1)) - (4 * c * cosA * cosA),
        ];
        Span<double> roots = stackalloc double[4];
        int rootCount = Polynomial.RealRoots(quartic, roots);
        int count = 0;
        for (int i = 0; i < rootCount; i++)
        {
            double v = roots[i];
            double denominator = 2 * (cosC - (v * cosA));
            double u = (((d - 1) * v * v) - (2 * d * cosB * v) + 1 + d) / denominator;
            double d1 = Math.Sqrt(b2 / (1 + (v * v) - (2 * v * cosB)));
            if (!(v > 0 && u > 0 && double.IsFinite(u) && double.IsFinite(d1)))
            {
                continue;
            }

            double d2 = u * d1;
            double d3 = v * d1;
            if (Sharpen(ref d1, ref d2, ref d3, a2, b2, c2, cosA, cosB, cosC))
            {
                solutions[count++] = Orient(d1 * rays[0], d2 * rays[1], d3 * rays[2], points);
            }
        }

        return count;
    }

    private static bool Sharpen(
        ref double d1, ref double d2, ref double d3, double a2, double b2, double c2, double cosA, double cosB, double cosC)
    {
        for (int iteration = 0; iteration < 3; iteration++)
        {
            var residual = new Vector3D(
                (d2 * d2) + (d3 * d3) - (2 * d2 * d3 * cosA) - a2,
                (d1 * d1) + (d3 * d3) - (2 * d1 * d3 * cosB) - b2,
                (d1 * d1) + (d2 * d2) - (2 * d1 * d2 * cosC) - c2);
            var jacobian = new Matrix3x3(
                0, 2 * (d2 - (d3 * cosA)), 2 * (d3 - (d2 * cosA)),
                2 * (d1 - (d3 * cosB)), 0, 2 * (d3 - (d1 * cosB)),
                2 * (d1 - (d2 * cosC)), 2 * (d2 - (d1 * cosC)), 0);
            Vector3D step = jacobian.Inverse() * residual;
            if (!double.IsFinite(step.LengthSquared))
            {
                break;
            }

            d1 -= step.X;
            d2 -= step.Y;
            d3 -= step.Z;
        }

        double error = Math.Abs((d2 * d2) + (d3 * d3) - (2 * d2 * d3 * cosA) - a2)
            + Math.Abs((d1 * d1) + (d3 * d3) - (2 * d1 * d3 * cosB) - b2)
            + Math.Abs((d1 * d1) + (d2 * d2) - (2 * d1 * d2 * cosC) - c2);
        return d1 > 0 && d2 > 0 && d3 > 0 && error < 1e-6 * (a2 + b2 + c2);
    }

    private static RigidTransform Orient(Vector3D a, Vector3D b, Vector3D c, ReadOnlySpan<Vector3D> points)
    {
        Matrix3x3 rotation = FrameOf(a, b, c) * FrameOf(points[0], points[1], points[2]).Transposed();
        Vector3D middleInCamera = (1.0 / 3) * (a + b + c);
        Vector3D middleInWorld = (1.0 / 3) * (points[0] + points[1] + points[2]);
        return new RigidTransform(rotation, middleInCamera - (rotation * middleInWorld));
    }

    private static Matrix3x3 FrameOf(Vector3D a, Vector3D b, Vector3D c)
    {
        Vector3D x = (b - a).Normalized();
        Vector3D z = Vector3D.Cross(x, c - a).Normalized();
        return Matrix3x3.FromColumns(x, Vector3D.Cross(z, x), z);
    }
}
