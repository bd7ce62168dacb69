using OdmNode.Features.Detection;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Robust;
using OdmNode.Geometry.Transforms;
using OdmNode.Geometry.TwoView;

namespace OdmNode.Features.Matching;

/// <summary>Keeps the matches of two photos that one rigid scene explains, and finds how the cameras stood.</summary>
/// <remarks>
/// The essential matrix comes first. A fundamental matrix replaces it where it explains clearly more, as when the
/// focal length of the photo's metadata is far off; a homography tells cameras that only turned, where the
/// translation means nothing; of rays, a rotation does. The random samples depend on the names of the photos alone.
/// The model is searched among distinct matches; it then picks those that fit out of many more, loose ones, which had
/// no part in the search and so are the proof of the pair besides.
/// </remarks>
public static class TwoViewVerifier
{
    // The uncalibrated model has more freedom and wins a few matches always; beyond this share the lens must be off.
    private const double FundamentalAdvantage = 1.15;

    // Share of the verified matches on one homography above which a pair of nearly parallel rays says nothing of the
    // translation. Flat ground alone is no reason: its pose is determined, up to two solutions, once the rays converge.
    private const double TurnedShare = 0.9;
    private const double TurnedAngleRadians = 0.02;

    private const int Completions = 2;
    private const int ChanceShifts = 16;
    private const double LeastChance = 1e-3;

    /// <summary>Verifies the matches of a pair.</summary>
    /// <param name="a">Features of photo A.</param>
    /// <param name="cameraA">Lens of A, as far as it is known: at full size.</param>
    /// <param name="b">Features of photo B.</param>
    /// <param name="cameraB">Lens of B.</param>
    /// <param name="imageA">File name of A.</param>
    /// <param name="imageB">File name of B.</param>
    /// <param name="matches">By descriptors alone.</param>
    /// <param name="options">Threshold and least number.</param>
    /// <param name="cancellationToken">Asked between samples.</param>
    /// <returns>Kind None and no matches when too few agree: that is a result, not an error.</returns>
    public static PairMatches Verify(
        FeatureSet a,
        Camera cameraA,
        FeatureSet b,
        Camera cameraB,
        string imageA,
        string imageB,
        PutativeMatches matches,
        MatchOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(cameraA);
        ArgumentNullException.ThrowIfNull(cameraB);
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentNullException.ThrowIfNull(options);
        var rejected = new PairMatches
        {
            ImageA = imageA,
            ImageB = imageB,
            Kind = TwoViewKind.None,
            Indices = [],
            PutativeCount = matches.Distinct.Length / 2,
        };
        if (matches.Loose.Length / 2 < options.FewestInliers)
        {
            return rejected;
        }

        PairGeometry pair = PairGeometry.Of(a, cameraA, b, cameraB, matches.Distinct);
        double threshold = options.Threshold * pair.UnitsPerLongestSide;
        ulong seed = RandomSource.SeedOf(imageA, imageB);
        var ransac = new RansacOptions { Threshold = threshold, MostTrials = 1000 };
        RansacResult<Matrix3x3> essential = LoRansac.Estimate<Matrix3x3, EssentialProblem>(
            new EssentialProblem(pair.A, pair.B, pair.AreRays), ransac, seed, cancellationToken);
        // Its linear map of pixels can absorb a wrong focal length of a plane picture only.
        RansacResult<Matrix3x3> fundamental = pair.AreRays
            ? new RansacResult<Matrix3x3>(false, default, [], 0)
            : LoRansac.Estimate<Matrix3x3, FundamentalProblem>(new FundamentalProblem(pair.A, pair.B), ransac, seed, cancellationToken);
        int[] unmoved = pair.AreRays
            ? LoRansac.Estimate<Matrix3x3, RotationProblem>(new RotationProblem(pair.A, pair.B), ransac, seed, cancellationToken).Inliers
            : LoRansac.Estimate<Homography, HomographyProblem>(new HomographyProblem(pair.A, pair.B), ransac, seed, cancellationToken).Inliers;
        bool uncalibrated = fundamental.Inliers.Length > FundamentalAdvantage * essential.Inliers.Length;
        RansacResult<Matrix3x3> accepted = uncalibrated ? fundamental : essential;
        PairMatches counted = rejected with
        {
            EssentialCount = essential.Inliers.Length,
            FundamentalCount = fundamental.Inliers.Length,
            HomographyCount = unmoved.Length,
        };
        if (!accepted.Found)
        {
            return counted;
        }

        PairGeometry loose = PairGeometry.Of(a, cameraA, b, cameraB, matches.Loose);
        double chance = ChanceOf(accepted.Model, loose, threshold);
        (int sampleSize, int models) = uncalibrated
            ? (FundamentalSolver.SampleSize, FundamentalSolver.MaximumSolutions)
            : (FivePointSolver.SampleSize, FivePointSolver.MaximumSolutions);
        double falseAlarms = FalseAlarms.LogExpected(pair.A.Length, accepted.Inliers.Length, sampleSize, models, chance)
            + FalseAlarms.LogTail(
                loose.A.Length - pair.A.Length, Fitting(accepted.Model, loose, threshold).Length - accepted.Inliers.Length, chance);
        if (!(falseAlarms <= options.MostLogFalseAlarms))
        {
            return counted;
        }

        int[] inliers = uncalibrated
            ? Complete(new FundamentalProblem(loose.A, loose.B), fundamental.Model, loose, threshold)
            : Complete(new EssentialProblem(loose.A, loose.B, loose.AreRays), essential.Model, loose, threshold);
        if (inliers.Length < options.FewestInliers)
        {
            return counted;
        }

        Vector3D[] inA = TwoViewProblems.Gather(pair.A, essential.Inliers);
        Vector3D[] inB = TwoViewProblems.Gather(pair.B, essential.Inliers);
        RelativePose.FromEssential(essential.Model, inA, inB, out RigidTransform pose);
        double angle = MedianAngle(pose, inA, inB);
        bool turned = unmoved.Length > TurnedShare * accepted.Inliers.Length && angle < TurnedAngleRadians;
        int[] indices = new int[2 * inliers.Length];
        for (int i = 0; i < inliers.Length; i++)
        {
            indices[2 * i] = matches.Loose[2 * inliers[i]];
            indices[(2 * i) + 1] = matches.Loose[(2 * inliers[i]) + 1];
        }

        return counted with
        {
            Kind = turned ? TwoViewKind.Homography : uncalibrated ? TwoViewKind.Fundamental : TwoViewKind.Essential,
            Indices = indices,
            BFromA = pose,
            MedianTriangulationAngle = angle,
        };
    }

    // Wrong matches are made of the pair's own points: each of A with what belongs to another of A.
    private static double ChanceOf(in Matrix3x3 model, PairGeometry pair, double threshold)
    {
        int count = pair.A.Length;
        int fitting = 0;
        int tried = 0;
        for (int shift = 1; shift <= ChanceShifts; shift++)
        {
            int step = (int)((long)count * shift / (ChanceShifts + 1));
            for (int i = 0; i < count; i++)
            {
                int other = (i + step) % count;
                fitting += pair.SampsonSquared(model, i, other) <= threshold * threshold ? 1 : 0;
                tried++;
            }
        }

        return Math.Clamp((double)fitting / Math.Max(1, tried), LeastChance, 0.5);
    }

    // Refits to all that fits, as long as more does.
    private static int[] Complete<TProblem>(TProblem problem, Matrix3x3 model, PairGeometry pair, double threshold)
        where TProblem : IRobustModel<Matrix3x3>
    {
        int[] inliers = Fitting(model, pair, threshold);
        for (int round = 0; round < Completions && problem.Refine(inliers, model, out Matrix3x3 refined); round++)
        {
            int[] more = Fitting(refined, pair, threshold);
            if (more.Length <= inliers.Length)
            {
                break;
            }

            (model, inliers) = (refined, more);
        }

        return inliers;
    }

    private static int[] Fitting(Matrix3x3 model, PairGeometry pair, double threshold) =>
        [.. Enumerable.Range(0, pair.A.Length).Where(i => pair.SampsonSquared(model, i, i) <= threshold * threshold)];

    private static double MedianAngle(in RigidTransform bFromA, Vector3D[] a, Vector3D[] b)
    {
        if (a.Length == 0)
        {
            return 0;
        }

        double[] angles = new double[a.Length];
        for (int i = 0; i < a.Length; i++)
        {
            angles[i] = RelativePose.RayAngle(bFromA, a[i], b[i]);
        }

        Array.Sort(angles);
        return angles[angles.Length / 2];
    }
}
