using OpenCvSharp;

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

    /// <summary>At most the wanted number, strongest first, ties by position: independent of the order of the candidates.</summary>
    public static KeyPoint[] Select(KeyPoint[] candidates, int width, int height, FeatureOptions options)
    {
        KeyPoint[] ordered = [.. candidates];
        Array.Sort(ordered, Compare);
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

    private static int CellCount(int side, int width, int height) =>
        Math.Max(1, (int)Math.Round((double)CellsAlongLongestSide * side / Math.Max(width, height)));

    private static int CellOf(in KeyPoint keypoint, int width, int height, int columns, int rows)
    {
        int column = Math.Clamp((int)(keypoint.Pt.X * columns / width), 0, columns - 1);
        int row = Math.Clamp((int)(keypoint.Pt.Y * rows / height), 0, rows - 1);
        return (row * columns) + column;
    }

    private static double Weight(in KeyPoint keypoint) => keypoint.Response * Math.Pow(keypoint.Size, SizePower);

    private static int Compare(KeyPoint a, KeyPoint b)
    {
        int byResponse = Weight(b).CompareTo(Weight(a));
        if (byResponse != 0)
        {
            return byResponse;
        }

        int byRow = a.Pt.Y.CompareTo(b.Pt.Y);
        int byColumn = byRow != 0 ? byRow : a.Pt.X.CompareTo(b.Pt.X);
        int bySize = byColumn != 0 ? byColumn : a.Size.CompareTo(b.Size);
        return bySize != 0 ? bySize : a.Angle.CompareTo(b.Angle);
    }
}
