namespace OdmNode.Geometry.Robust;

/// <summary>Locally optimised RANSAC with truncated squared errors and an adaptive number of trials.</summary>
/// <remarks>
/// O. Chum, J. Matas, J. Kittler, Locally optimized RANSAC, DAGM 2003; the score is that of MSAC: P. Torr and
/// A. Zisserman, MLESAC, CVIU 78 (2000). The result depends on the data and the seed alone.
/// </remarks>
public static class LoRansac
{
    /// <summary>Searches the model that the most data fit best.</summary>
    /// <param name="problem">Data and solvers. A struct keeps the inner loop free of indirect calls.</param>
    /// <param name="options">Threshold and effort.</param>
    /// <param name="seed">Of the samples drawn.</param>
    /// <param name="cancellationToken">Asked before every sample.</param>
    public static RansacResult<TModel> Estimate<TModel, TProblem>(
        TProblem problem, RansacOptions options, ulong seed, CancellationToken cancellationToken)
        where TModel : struct
        where TProblem : IRobustModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(options);
        int count = problem.Count;
        if (count < problem.SampleSize)
        {
            return new RansacResult<TModel>(false, default, [], 0);
        }

        var random = new RandomSource(seed);
        double squaredThreshold = options.Threshold * options.Threshold;
        Span<int> sample = stackalloc int[problem.SampleSize];
        var solutions = new TModel[problem.MaximumSolutions];
        int[] inliers = new int[count];
        TModel best = default;
        bool found = false;
        double bestScore = double.PositiveInfinity;
        int bestCount = 0;
        int trials = 0;
        int needed = options.MostTrials;
        for (; trials < needed; trials++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            random.NextSample(count, sample);
            int number = problem.Solve(sample, solutions);
            for (int i = 0; i < number; i++)
            {
                double score = Score<TModel, TProblem>(problem, solutions[i], squaredThreshold, bestScore, out int fitting);
                if (score >= bestScore || fitting < problem.SampleSize)
                {
                    continue;
                }

                (best, bestScore, bestCount, found) = (solutions[i], score, fitting, true);
                Improve(problem, options, squaredThreshold, inliers, ref best, ref bestScore, ref bestCount);
                needed = Math.Clamp(
                    TrialsFor((double)bestCount / count, problem.SampleSize, options.Confidence, options.MostTrials),
                    options.FewestTrials,
                    options.MostTrials);
            }
        }

        int[] fits = found ? inliers[..Collect(problem, best, squaredThreshold, inliers)] : [];
        return new RansacResult<TModel>(found, best, fits, trials);
    }

    private static void Improve<TModel, TProblem>(
        TProblem problem, RansacOptions options, double squaredThreshold, int[] inliers, ref TModel best, ref double bestScore, ref int bestCount)
        where TModel : struct
        where TProblem : IRobustModel<TModel>
    {
        // The first rounds take in more than what fits, so that a model from a noisy sample can move.
        TModel current = best;
        for (int round = 0; round < options.LocalRounds; round++)
        {
            double widening = round == 0 ? 4 : 1;
            int fitting = Collect(problem, current, widening * squaredThreshold, inliers);
            if (fitting < problem.SampleSize || !problem.Refine(inliers.AsSpan(0, fitting), current, out TModel refined))
            {
                return;
            }

            current = refined;
            double score = Score<TModel, TProblem>(problem, refined, squaredThreshold, bestScore, out int count);
            if (score < bestScore)
            {
                (best, bestScore, bestCount) = (refined, score, count);
            }
            else if (round > 0)
            {
                return;
            }
        }
    }

    // Sum of squared errors, each cut at the threshold; gives up once it cannot beat the limit any more.
    private static double Score<TModel, TProblem>(
        TProblem problem, in TModel model, double squaredThreshold, double limit, out int fitting)
        where TModel : struct
        where TProblem : IRobustModel<TModel>
    {
        double score = 0;
        fitting = 0;
        for (int i = 0; i < problem.Count; i++)
        {
            double error = problem.SquaredError(model, i);
            // A NaN of a degenerate model fails the comparison and counts as an outlier.
            if (error <= squaredThreshold)
            {
                score += error;
                fitting++;
            }
            else
            {
                score += squaredThreshold;
            }

            if (score >= limit)
            {
                return double.PositiveInfinity;
            }
        }

        return score;
    }

    private static int Collect<TModel, TProblem>(TProblem problem, in TModel model, double squaredThreshold, int[] inliers)
        where TModel : struct
        where TProblem : IRobustModel<TModel>
    {
        int fitting = 0;
        for (int i = 0; i < problem.Count; i++)
        {
            if (problem.SquaredError(model, i) <= squaredThreshold)
            {
                inliers[fitting++] = i;
            }
        }

        return fitting;
    }

    private static int TrialsFor(double inlierShare, int sampleSize, double confidence, int most)
    {
        double good = Math.Pow(inlierShare, sampleSize);
        if (good > 1 - 1e-12)
        {
            return 1;
        }

        double trials = Math.Log(1 - confidence) / Math.Log(1 - good);
        return trials < most ? (int)Math.Ceiling(trials) : most;
    }
}
