namespace OdmNode.Dense.Texturing;

/// <summary>What each candidate costs: resolution lost against the best one, and a colour that the other views contradict.</summary>
internal static class DataCost
{
    private const float OutlierCost = 4;
    private const float HiddenCost = 2;
    private const float SpreadFactor = 4;

    public static float[] Of(Candidates candidates, TexturingOptions options)
    {
        var costs = new float[candidates.Views.Length];
        var median = new float[3];
        for (int face = 0; face + 1 < candidates.Start.Length; face++)
        {
            int first = candidates.Start[face];
            ReadOnlySpan<FaceScore> scores = candidates.Scores.AsSpan(first, candidates.Start[face + 1] - first);
            float best = 0;
            foreach (FaceScore score in scores)
            {
                best = Math.Max(best, score.Area);
            }

            float limit = LargestDistance(scores, options.OutlierLevels, median);
            for (int i = 0; i < scores.Length; i++)
            {
                // The square root of an area is a resolution, whose loss is what the eye sees.
                costs[first + i] = 1 - MathF.Sqrt(scores[i].Area / best) + (HiddenCost * scores[i].Hidden)
                    + (scores.Length > 2 && Distance(scores[i], median) > limit ? OutlierCost : 0);
            }
        }

        return costs;
    }

    /// <summary>Fills in the median colour; the limit follows the median distance from it.</summary>
    private static float LargestDistance(ReadOnlySpan<FaceScore> scores, float least, float[] median)
    {
        if (scores.Length <= 2)
        {
            return least;
        }

        Span<float> values = scores.Length <= 256 ? stackalloc float[scores.Length] : new float[scores.Length];
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < scores.Length; i++)
            {
                values[i] = scores[i].Channel(c);
            }

            values.Sort();
            median[c] = values[scores.Length / 2];
        }

        for (int i = 0; i < scores.Length; i++)
        {
            values[i] = Distance(scores[i], median);
        }

        values.Sort();
        return Math.Max(least, SpreadFactor * values[scores.Length / 2]);
    }

    private static float Distance(FaceScore score, float[] color) => Math.Max(
        Math.Abs(score.Red - color[0]), Math.Max(Math.Abs(score.Green - color[1]), Math.Abs(score.Blue - color[2])));
}
