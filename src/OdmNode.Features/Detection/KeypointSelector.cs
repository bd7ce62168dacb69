namespace OdmNode.Features.Detection;

/// <summary>Keeps the keypoints that are most likely found again in other photos, spread over the picture.</summary>
/// <remarks>
/// Contrast alone favours the finest scale, where noise, moving leaves and water make most of the keypoints; two thirds
/// of them are there. Contrast weighted by a power of the size keeps the strong ones of every scale.
/// </remarks>
internal static class KeypointSelector
{
    private const int CellsAlongLongestSide = 16;

    private const int SizePower = 4;

    // What a cell may keep before the others have had theirs, relative to an even spread.
    private const double CellShare = 1.5;

    private static readonly Comparer<Keypoint> ByPlace = Comparer<Keypoint>.Create((a, b) =>
        (a.Octave, a.Point.Y, a.Point.X, a.Point.Layer).CompareTo((b.Octave, b.Point.Y, b.Point.X, b.Point.Layer)));

    /// <summary>At most the wanted number, strongest first, ties by position: independent of the order of the candidates.</summary>
    /// <param name="candidates">Sorted in place. Those found twice count once.</param>
    /// <param name="width">Picture that was searched, pixels.</param>
    /// <param name="height">Picture that was searched, pixels.</param>
    /// <param name="options">How many.</param>
    public static Keypoint[] Select(Keypoint[] candidates, int width, int height, FeatureOptions options)
    {
        Keypoint[] ordered = Ordered(candidates);
        if (ordered.Length <= options.TargetCount)
        {
            return ordered;
        }

        int columns = CellCount(width, width, height);
        int rows = CellCount(height, width, height);
        int perCell = (int)Math.Ceiling(CellShare * options.TargetCount / (columns * rows));
        int[] taken = new int[columns * rows];
        bool[] chosen = new bool[ordered.Length];
        int count = 0;
        for (int i = 0; i < ordered.Length && count < options.TargetCount; i++)
        {
            int cell = CellOf(ordered[i], width, height, columns, rows);
            if (taken[cell] < perCell)
            {
                taken[cell]++;
                chosen[i] = true;
                count++;
            }
        }

        for (int i = 0; i < ordered.Length && count < options.TargetCount; i++)
        {
            if (!chosen[i])
            {
                chosen[i] = true;
                count++;
            }
        }

        return [.. ordered.Where((_, i) => chosen[i])];
    }

    /// <summary>Strongest first. Two pixels whose quadratics have the same peak give the same keypoint.</summary>
    private static Keypoint[] Ordered(Keypoint[] candidates)
    {
        double[] weights = Array.ConvertAll(candidates, keypoint => -keypoint.Point.Contrast * Math.Pow(keypoint.Size, SizePower));
        Array.Sort(weights, candidates);
        for (int first = 0; first < candidates.Length;)
        {
            int last = first + 1;
            while (last < candidates.Length && weights[last] == weights[first])
            {
                last++;
            }

            Array.Sort(candidates, first, last - first, ByPlace);
            first = last;
        }

        return [.. candidates.Where((keypoint, i) => i == 0 || keypoint != candidates[i - 1])];
    }

    private static int CellCount(int side, int width, int height) =>
        Math.Max(1, (int)Math.Round((double)CellsAlongLongestSide * side / Math.Max(width, height)));

    private static int CellOf(in Keypoint keypoint, int width, int height, int columns, int rows)
    {
        int column = Math.Clamp((int)(keypoint.X * columns / width), 0, columns - 1);
        int row = Math.Clamp((int)(keypoint.Y * rows / height), 0, rows - 1);
        return (row * columns) + column;
    }
}
