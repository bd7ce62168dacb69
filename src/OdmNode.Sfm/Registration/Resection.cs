using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Pose;
using OdmNode.Geometry.Transforms;

namespace OdmNode.Sfm.Registration;

/// <summary>Places one photo by the tie points that it sees, most of which may be wrong.</summary>
/// <remarks>
/// Locally optimised RANSAC over three points (O. Chum, J. Matas, J. Kittler, Locally optimized RANSAC, DAGM 2003) with the truncated
/// quadratic score of MSAC; the number of draws follows from the share of inliers.
/// </remarks>
internal static class Resection
{
    private const int MaxDraws = 2000;
    private const int MinDraws = 30;
    private const double Confidence = 0.9999;

    /// <summary>A pose and how many points agree with it.</summary>
    public readonly record struct Answer(RigidTransform CameraFromWorld, int Inliers);

    /// <param name="rays">n unit vectors in the camera frame.</param>
    /// <param name="normalized">The same on the plane z = 1; empty for a wide lens, whose errors are angles.</param>
    /// <param name="points">n points in the world frame.</param>
    /// <param name="maxError">Largest error of an inlier on the plane z = 1, or in radians.</param>
    /// <param name="seed">Fixes the draws.</param>
    /// <param name="cancellationToken">Checked between draws.</param>
    /// <returns>Null when no three points gave a pose with an inlier.</returns>
    public static Answer? Estimate(
        ReadOnlySpan<Vector3D> rays,
        ReadOnlySpan<Vector2D> normalized,
        ReadOnlySpan<Vector3D> points,
        double maxError,
        ulong seed,
        CancellationToken cancellationToken)
    {
        int n = points.Length;
        if (n < 4)
        {
            return null;
        }

        var random = new SplitMix64(seed);
        double limit = maxError * maxError;
        RigidTransform best = default;
        double bestScore = double.PositiveInfinity;
        int bestInliers = 0;
        double needed = MaxDraws;
        Span<RigidTransform> solutions = stackalloc RigidTransform[ThreePointPose.MaxSolutions];
        for (int draw = 0; draw < MaxDraws && (draw < MinDraws || draw < needed); draw++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (int a, int b, int c) = random.Three(n);
            int count = ThreePointPose.Solve([rays[a], rays[b], rays[c]], [points[a], points[b], points[c]], solutions);
            for (int s = 0; s < count; s++)
            {
                (double score, _) = Score(solutions[s], rays, normalized, points, limit, bestScore);
                if (score >= bestScore)
                {
                    continue;
                }

                RigidTransform refined = normalized.IsEmpty
                    ? PoseRefinement.RefineByRays(solutions[s], points, rays, 0.3 * maxError, 5)
                    : PoseRefinement.Refine(solutions[s], points, normalized, 0.3 * maxError, 5);
                (double refinedScore, _) = Score(refined, rays, normalized, points, limit, score);
                best = refinedScore < score ? refined : solutions[s];
                (bestScore, bestInliers) = Score(best, rays, normalized, points, limit, double.PositiveInfinity);
                double share = (double)bestInliers / n;
                needed = Math.Log(1 - Confidence) / Math.Log(1 - Math.Min(1 - 1e-9, share * share * share));
            }
        }

        return bestInliers > 0 ? new Answer(best, bestInliers) : null;
    }

    private static (double Score, int Inliers) Score(
        in RigidTransform pose,
        ReadOnlySpan<Vector3D> rays,
        ReadOnlySpan<Vector2D> normalized,
        ReadOnlySpan<Vector3D> points,
        double limit,
        double giveUpAt)
    {
        if (normalized.IsEmpty)
        {
            return ScoreByRays(pose, rays, points, limit, giveUpAt);
        }

        double score = 0;
        int inliers = 0;
        for (int i = 0; i < points.Length; i++)
        {
            Vector3D p = pose * points[i];
            double iz = 1 / p.Z;
            double dx = (p.X * iz) - normalized[i].X;
            double dy = (p.Y * iz) - normalized[i].Y;
            double error = (dx * dx) + (dy * dy);
            if (p.Z > 0 && error < limit)
            {
                score += error;
                inliers++;
            }
            else
            {
                score += limit;
            }

            if (score >= giveUpAt)
            {
                break;
            }
        }

        return (score, inliers);
    }

    private static (double Score, int Inliers) ScoreByRays(
        in RigidTransform pose, ReadOnlySpan<Vector3D> rays, ReadOnlySpan<Vector3D> points, double limit, double giveUpAt)
    {
        double score = 0;
        int inliers = 0;
        for (int i = 0; i < points.Length && score < giveUpAt; i++)
        {
            double error = ((pose * points[i]).Normalized() - rays[i]).LengthSquared;
            bool agrees = error < limit;
            score += agrees ? error : limit;
            inliers += agrees ? 1 : 0;
        }

        return (score, inliers);
    }
}
