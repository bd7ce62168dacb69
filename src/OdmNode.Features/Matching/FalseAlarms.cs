namespace OdmNode.Features.Matching;

/// <summary>How often chance alone makes as many matches agree.</summary>
/// <remarks>
/// L. Moisan and B. Stival, A probabilistic criterion to detect rigid point matches between two images and estimate the
/// fundamental matrix, IJCV 57 (2004), with one fixed threshold. Chance is what wrong matches of these very photos do.
/// </remarks>
public static class FalseAlarms
{
    /// <summary>Logarithm to base 10 of the number of models, out of all samples, expected to fit as many wrong matches.</summary>
    /// <param name="matches">n, all that were searched.</param>
    /// <param name="inliers">Those that fit, the sample included.</param>
    /// <param name="sampleSize">Matches that one model takes.</param>
    /// <param name="modelsPerSample">Models that one sample gives at most.</param>
    /// <param name="chance">Probability that a wrong match fits a model, in (0, 1).</param>
    public static double LogExpected(int matches, int inliers, int sampleSize, int modelsPerSample, double chance)
    {
        if (inliers <= sampleSize)
        {
            return double.PositiveInfinity;
        }

        return Math.Log10((double)modelsPerSample * (matches - sampleSize))
            + LogBinomial(matches, inliers)
            + LogBinomial(inliers, sampleSize)
            + ((inliers - sampleSize) * Math.Log10(chance));
    }

    /// <summary>Logarithm to base 10 of the probability that at least so many of n wrong matches fit a model that they had no part in; an upper bound.</summary>
    /// <remarks>W. Hoeffding, Probability inequalities for sums of bounded random variables, JASA 58 (1963), theorem 1.</remarks>
    /// <param name="matches">n.</param>
    /// <param name="fitting">Those that fit.</param>
    /// <param name="chance">Probability that a wrong match fits, in (0, 1).</param>
    public static double LogTail(int matches, int fitting, double chance)
    {
        double share = (double)fitting / Math.Max(1, matches);
        if (share <= chance)
        {
            return 0;
        }

        double outside = share < 1 ? (1 - share) * Math.Log10((1 - share) / (1 - chance)) : 0;
        return -matches * ((share * Math.Log10(share / chance)) + outside);
    }

    private static double LogBinomial(int n, int k)
    {
        double sum = 0;
        for (int i = 1; i <= k; i++)
        {
            sum += Math.Log10((double)(n - k + i) / i);
        }

        return sum;
    }
}
