using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Geometry.TwoView;

/// <summary>The pose of one camera relative to another, up to the length of the translation.</summary>
public static class RelativePose
{
    private const int MostIterations = 5;

    /// <summary>The four poses that have a given essential matrix; the translation has length 1.</summary>
    /// <remarks>Hartley and Zisserman, Multiple View Geometry, 2nd ed., result 9.19.</remarks>
    public static void Decompose(in Matrix3x3 essential, Span<RigidTransform> poses)
    {
        SingularValues3x3 svd = SingularValues3x3.Of(essential);
        Matrix3x3 u = svd.U.Determinant() < 0 ? -1 * svd.U : svd.U;
        Matrix3x3 v = svd.V.Determinant() < 0 ? -1 * svd.V : svd.V;
        var quarterTurn = new Matrix3x3(0, -1, 0, 1, 0, 0, 0, 0, 1);
        Matrix3x3 first = u * quarterTurn * v.Transposed();
        Matrix3x3 second = u * quarterTurn.Transposed() * v.Transposed();
        Vector3D t = u.Column3;
        poses[0] = new RigidTransform(first, t);
        poses[1] = new RigidTransform(first, -t);
        poses[2] = new RigidTransform(second, t);
        poses[3] = new RigidTransform(second, -t);
    }

    /// <summary>The pose among the four that puts the most points in front of both cameras.</summary>
    /// <param name="essential">bᵀ · E · a = 0.</param>
    /// <param name="a">Points or rays in camera A, z > 0.</param>
    /// <param name="b">The same points in camera B.</param>
    /// <param name="pose">B from A, translation of length 1.</param>
    /// <returns>How many points are in front of both cameras.</returns>
    public static int FromEssential(in Matrix3x3 essential, ReadOnlySpan<Vector3D> a, ReadOnlySpan<Vector3D> b, out RigidTransform pose)
    {
        Span<RigidTransform> poses = stackalloc RigidTransform[4];
        Decompose(essential, poses);
        pose = poses[0];
        int most = -1;
        foreach (RigidTransform candidate in poses)
        {
            int inFront = 0;
            for (int i = 0; i < a.Length; i++)
            {
                inFront += IsInFront(candidate, a[i], b[i]) ? 1 : 0;
            }

            if (inFront > most)
            {
                (most, pose) = (inFront, candidate);
            }
        }

        return most;
    }

    /// <summary>Whether two rays meet in front of both cameras.</summary>
    public static bool IsInFront(in RigidTransform bFromA, Vector3D a, Vector3D b)
    {
        // Depths that minimise |depthA · Ra + t − depthB · b|, times a positive determinant.
        Vector3D ra = bFromA.Rotation * a;
        (double aa, double bb, double ab) = (ra.LengthSquared, b.LengthSquared, Vector3D.Dot(ra, b));
        double at = Vector3D.Dot(ra, bFromA.Translation);
        double bt = Vector3D.Dot(b, bFromA.Translation);
        return (ab * bt) - (bb * at) > 0 && (aa * bt) - (ab * at) > 0;
    }

    /// <summary>Angle between the two rays of a point, radians: how well its depth is determined.</summary>
    public static double RayAngle(in RigidTransform bFromA, Vector3D a, Vector3D b) =>
        Vector3D.AngleBetween(bFromA.Rotation * a, b);

    /// <summary>Moves a pose to the least sum of squared Sampson distances, by Gauss-Newton over its five degrees of freedom.</summary>
    /// <param name="bFromA">Start; translation of length 1.</param>
    /// <param name="a">Points (x, y, 1) in camera A, or unit rays.</param>
    /// <param name="b">The same points in camera B.</param>
    /// <param name="areRays">True for unit rays, whose errors are angles.</param>
    /// <returns>The improved pose; the start where the points do not determine one.</returns>
    public static RigidTransform Refine(in RigidTransform bFromA, ReadOnlySpan<Vector3D> a, ReadOnlySpan<Vector3D> b, bool areRays = false)
    {
        RigidTransform pose = bFromA;
        Span<double> normal = stackalloc double[5 * 6];
        Span<double> row = stackalloc double[5];
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            Vector3D t = pose.Translation;
            Vector3D tangent1 = Vector3D.Cross(t, Math.Abs(t.X) < 0.6 ? new Vector3D(1, 0, 0) : new Vector3D(0, 1, 0)).Normalized();
            Vector3D tangent2 = Vector3D.Cross(t, tangent1);
            Matrix3x3 essential = Epipolar.EssentialOf(pose);
            normal.Clear();
            for (int i = 0; i < a.Length; i++)
            {
                // Residual b · (t × Ra) over the length of its gradient, which is held fixed.
                Vector3D line = essential * a[i];
                Vector3D back = essential.Transposed() * b[i];
                double residual = Vector3D.Dot(b[i], line);
                double weight = areRays
                    ? 1 / (line.LengthSquared + back.LengthSquared - (2 * residual * residual))
                    : 1 / ((line.X * line.X) + (line.Y * line.Y) + (back.X * back.X) + (back.Y * back.Y));
                if (!double.IsFinite(weight))
                {
                    continue;
                }

                Vector3D ra = pose.Rotation * a[i];
                Vector3D byRotation = Vector3D.Cross(ra, Vector3D.Cross(b[i], t));
                Vector3D byTranslation = Vector3D.Cross(ra, b[i]);
                (row[0], row[1], row[2]) = (byRotation.X, byRotation.Y, byRotation.Z);
                (row[3], row[4]) = (Vector3D.Dot(byTranslation, tangent1), Vector3D.Dot(byTranslation, tangent2));
                for (int j = 0; j < 5; j++)
                {
                    for (int k = j; k < 5; k++)
                    {
                        normal[(6 * j) + k] += weight * row[j] * row[k];
                    }

                    normal[(6 * j) + 5] -= weight * row[j] * residual;
                }
            }

            if (!SolveNormal(normal, row))
            {
                return pose;
            }

            Matrix3x3 rotation = Rotations.FromAxisAngle(new Vector3D(row[0], row[1], row[2])) * pose.Rotation;
            Vector3D translation = (t + (row[3] * tangent1) + (row[4] * tangent2)).Normalized();
            pose = new RigidTransform(rotation, translation);
            if (Math.Abs(row[0]) + Math.Abs(row[1]) + Math.Abs(row[2]) + Math.Abs(row[3]) + Math.Abs(row[4]) < 1e-9)
            {
                break;
            }
        }

        return pose;
    }

    // Gaussian elimination of five equations given by their upper triangle and right side.
    private static bool SolveNormal(Span<double> m, Span<double> x)
    {
        double trace = m[0] + m[7] + m[14] + m[21] + m[28];
        for (int j = 0; j < 5; j++)
        {
            for (int k = 0; k < j; k++)
            {
                m[(6 * j) + k] = m[(6 * k) + j];
            }
        }

        for (int p = 0; p < 5; p++)
        {
            if (!(m[7 * p] > 1e-14 * trace))
            {
                return false;
            }

            for (int r = p + 1; r < 5; r++)
            {
                double factor = m[(6 * r) + p] / m[7 * p];
                for (int k = p; k < 6; k++)
                {
                    m[(6 * r) + k] -= factor * m[(6 * p) + k];
                }
            }
        }

        for (int p = 4; p >= 0; p--)
        {
            double value = m[(6 * p) + 5];
            for (int k = p + 1; k < 5; k++)
            {
                value -= m[(6 * p) + k] * x[k];
            }

            x[p] = value / m[7 * p];
        }

        return true;
    }
}
