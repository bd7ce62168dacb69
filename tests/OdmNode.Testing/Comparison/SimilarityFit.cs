using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Testing.Comparison;

/// <summary>The similarity that takes points nearest to their counterparts.</summary>
/// <remarks>
/// B. K. P. Horn, Closed-form solution of absolute orientation using unit quaternions, JOSA A 4 (1987). Written apart from
/// the engine's own alignment, so that it can be its judge.
/// </remarks>
public static class SimilarityFit
{
    /// <summary>Minimises the sum of |target − fit(source)|².</summary>
    /// <param name="source">n ≥ 3 points, not all on a line.</param>
    /// <param name="target">Their n counterparts.</param>
    /// <param name="fitScale">False keeps the scale at 1.</param>
    public static SimilarityTransform Of(IReadOnlyList<Vector3D> source, IReadOnlyList<Vector3D> target, bool fitScale)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (source.Count != target.Count || source.Count < 3)
        {
            throw new ArgumentException("A similarity needs three pairs of points or more.", nameof(target));
        }

        Vector3D sourceMean = Mean(source);
        Vector3D targetMean = Mean(target);
        double[,] n = new double[4, 4];
        double sourceSpread = 0;
        for (int i = 0; i < source.Count; i++)
        {
            Vector3D a = source[i] - sourceMean;
            Vector3D b = target[i] - targetMean;
            sourceSpread += a.LengthSquared;
            n[0, 0] += Vector3D.Dot(a, b);
            n[0, 1] += (a.Y * b.Z) - (a.Z * b.Y);
            n[0, 2] += (a.Z * b.X) - (a.X * b.Z);
            n[0, 3] += (a.X * b.Y) - (a.Y * b.X);
            n[1, 1] += (a.X * b.X) - (a.Y * b.Y) - (a.Z * b.Z);
            n[1, 2] += (a.X * b.Y) + (a.Y * b.X);
            n[1, 3] += (a.Z * b.X) + (a.X * b.Z);
            n[2, 2] += -(a.X * b.X) + (a.Y * b.Y) - (a.Z * b.Z);
            n[2, 3] += (a.Y * b.Z) + (a.Z * b.Y);
            n[3, 3] += -(a.X * b.X) - (a.Y * b.Y) + (a.Z * b.Z);
        }

        (double w, double x, double y, double z) = LargestEigenvector(n);
        var rotation = new Matrix3x3(
            (w * w) + (x * x) - (y * y) - (z * z), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)),
            2 * ((x * y) + (w * z)), (w * w) - (x * x) + (y * y) - (z * z), 2 * ((y * z) - (w * x)),
            2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), (w * w) - (x * x) - (y * y) + (z * z));
        double scale = 1;
        if (fitScale)
        {
            double common = 0;
            for (int i = 0; i < source.Count; i++)
            {
                common += Vector3D.Dot(target[i] - targetMean, rotation * (source[i] - sourceMean));
            }

            scale = common / sourceSpread;
        }

        return new SimilarityTransform(scale, rotation, targetMean - (scale * (rotation * sourceMean)));
    }

    private static Vector3D Mean(IReadOnlyList<Vector3D> points)
    {
        Vector3D sum = Vector3D.Zero;
        foreach (Vector3D point in points)
        {
            sum += point;
        }

        return (1.0 / points.Count) * sum;
    }

    /// <summary>Of a symmetric matrix given by its upper triangle, by Jacobi's rotations.</summary>
    private static (double, double, double, double) LargestEigenvector(double[,] upper)
    {
        double[,] m = new double[4, 4];
        double[,] v = new double[4, 4];
        for (int i = 0; i < 4; i++)
        {
            v[i, i] = 1;
            for (int j = i; j < 4; j++)
            {
                m[i, j] = m[j, i] = upper[i, j];
            }
        }

        for (int sweep = 0; sweep < 50; sweep++)
        {
            for (int p = 0; p < 3; p++)
            {
                for (int q = p + 1; q < 4; q++)
                {
                    if (Math.Abs(m[p, q]) > 1e-300)
                    {
                        Rotate(m, v, p, q);
                    }
                }
            }
        }

        int best = 0;
        for (int i = 1; i < 4; i++)
        {
            best = m[i, i] > m[best, best] ? i : best;
        }

        return (v[0, best], v[1, best], v[2, best], v[3, best]);
    }

    private static void Rotate(double[,] m, double[,] v, int p, int q)
    {
        double theta = (m[q, q] - m[p, p]) / (2 * m[p, q]);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1);
        double s = t * c;
        for (int k = 0; k < 4; k++)
        {
            (m[k, p], m[k, q]) = ((c * m[k, p]) - (s * m[k, q]), (s * m[k, p]) + (c * m[k, q]));
        }

        for (int k = 0; k < 4; k++)
        {
            (m[p, k], m[q, k]) = ((c * m[p, k]) - (s * m[q, k]), (s * m[p, k]) + (c * m[q, k]));
            (v[k, p], v[k, q]) = ((c * v[k, p]) - (s * v[k, q]), (s * v[k, p]) + (c * v[k, q]));
        }
    }
}
