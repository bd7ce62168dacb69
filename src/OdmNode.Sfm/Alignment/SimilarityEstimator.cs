using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Sfm.Registration;

namespace OdmNode.Sfm.Alignment;

/// <summary>The similarity that brings one set of points onto another.</summary>
public static class SimilarityEstimator
{
    /// <summary>Weighted least squares.</summary>
    /// <param name="source">n points.</param>
    /// <param name="target">n points, where the first should go.</param>
    /// <param name="weights">n weights, not negative.</param>
    /// <returns>targetFromSource; null when all points of a set with weight coincide. Where the points lie on one line, the turn about it is arbitrary.</returns>
    /// <remarks>B. Horn, Closed-form solution of absolute orientation using unit quaternions, JOSA A 4 (1987); scale as in S. Umeyama,
    /// Least-squares estimation of transformation parameters between two point patterns, PAMI 13 (1991).</remarks>
    public static SimilarityTransform? Estimate(
        ReadOnlySpan<Vector3D> source, ReadOnlySpan<Vector3D> target, ReadOnlySpan<double> weights)
    {
        double total = 0;
        Vector3D sourceMean = Vector3D.Zero;
        Vector3D targetMean = Vector3D.Zero;
        for (int i = 0; i < source.Length; i++)
        {
            total += weights[i];
            sourceMean += weights[i] * source[i];
            targetMean += weights[i] * target[i];
        }

        if (!(total > 0))
        {
            return null;
        }

        sourceMean = (1 / total) * sourceMean;
        targetMean = (1 / total) * targetMean;
        double sourceSpread = 0;
        double targetSpread = 0;
        double sxx = 0, sxy = 0, sxz = 0, syx = 0, syy = 0, syz = 0, szx = 0, szy = 0, szz = 0;
        for (int i = 0; i < source.Length; i++)
        {
            Vector3D a = source[i] - sourceMean;
            Vector3D b = target[i] - targetMean;
            Vector3D wa = weights[i] * a;
            sourceSpread += Vector3D.Dot(wa, a);
            targetSpread += weights[i] * b.LengthSquared;
            (sxx, sxy, sxz) = (sxx + (wa.X * b.X), sxy + (wa.X * b.Y), sxz + (wa.X * b.Z));
            (syx, syy, syz) = (syx + (wa.Y * b.X), syy + (wa.Y * b.Y), syz + (wa.Y * b.Z));
            (szx, szy, szz) = (szx + (wa.Z * b.X), szy + (wa.Z * b.Y), szz + (wa.Z * b.Z));
        }

        if (!(sourceSpread > 0 && targetSpread > 0))
        {
            return null;
        }

        (_, double[] vectors) = SymmetricEigen.Decompose(
            [
                sxx + syy + szz, syz - szy, szx - sxz, sxy - syx,
                syz - szy, sxx - syy - szz, sxy + syx, szx + sxz,
                szx - sxz, sxy + syx, syy - sxx - szz, syz + szy,
                sxy - syx, szx + sxz, syz + szy, szz - sxx - syy,
            ],
            4);
        (double w, double x, double y, double z) = (vectors[12], vectors[13], vectors[14], vectors[15]);
        var rotation = new Matrix3x3(
            1 - (2 * ((y * y) + (z * z))), 2 * ((x * y) - (w * z)), 2 * ((x * z) + (w * y)),
            2 * ((x * y) + (w * z)), 1 - (2 * ((x * x) + (z * z))), 2 * ((y * z) - (w * x)),
            2 * ((x * z) - (w * y)), 2 * ((y * z) + (w * x)), 1 - (2 * ((x * x) + (y * y))));
        double along = 0;
        for (int i = 0; i < source.Length; i++)
        {
            along += weights[i] * Vector3D.Dot(target[i] - targetMean, rotation * (source[i] - sourceMean));
        }

        double scale = along / sourceSpread;
        return scale > 0 ? new SimilarityTransform(scale, rotation, targetMean - (scale * (rotation * sourceMean))) : null;
    }

    /// <summary>As <see cref="Estimate"/>, with up to half of the points grossly wrong.</summary>
    /// <param name="source">n ≥ 2 points.</param>
    /// <param name="target">n points, where the first should go.</param>
    /// <param name="weights">n weights, not negative.</param>
    /// <remarks>Least median of squares over triples (P. Rousseeuw, 1984), then Cauchy's weights.</remarks>
    public static SimilarityTransform? EstimateRobust(
        ReadOnlySpan<Vector3D> source, ReadOnlySpan<Vector3D> target, ReadOnlySpan<double> weights)
    {
        int n = source.Length;
        SimilarityTransform? best = Estimate(source, target, weights);
        if (best is null || n < 5)
        {
            return best;
        }

        var distances = new double[n];
        double bestMedian = MedianDistance(best.Value, source, target, distances);
        var random = new SplitMix64((ulong)n);
        for (int draw = 0; draw < 100; draw++)
        {
            (int a, int b, int c) = random.Three(n);
            SimilarityTransform? candidate =
                Estimate([source[a], source[b], source[c]], [target[a], target[b], target[c]], [1, 1, 1]);
            if (candidate is { } c3 && MedianDistance(c3, source, target, distances) is var median && median < 0.5 * bestMedian)
            {
                (best, bestMedian) = (candidate, median);
            }
        }

        var robust = new double[n];
        for (int round = 0; round < 20; round++)
        {
            double scale = Math.Max(1e-9, 2 * MedianDistance(best!.Value, source, target, distances));
            for (int i = 0; i < n; i++)
            {
                double distance = (target[i] - (best.Value * source[i])).Length / scale;
                robust[i] = weights[i] / (1 + (distance * distance));
            }

            best = Estimate(source, target, robust) ?? best;
        }

        return best;
    }

    private static double MedianDistance(
        in SimilarityTransform transform, ReadOnlySpan<Vector3D> source, ReadOnlySpan<Vector3D> target, double[] distances)
    {
        for (int i = 0; i < source.Length; i++)
        {
            distances[i] = (target[i] - (transform * source[i])).Length;
        }

        Array.Sort(distances);
        return distances[distances.Length / 2];
    }
}
