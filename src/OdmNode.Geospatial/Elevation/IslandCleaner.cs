using System.Runtime.InteropServices;

namespace OdmNode.Geospatial.Elevation;

/// <summary>Takes away small pieces of surface that float far above the ground around them, or lie far below it.</summary>
/// <remarks>
/// Leaves that moved and reflections leave clumps of points in the air that agree with each other in a few photos. In an elevation model each is
/// a pillar that hides the ground from all cameras. What is as small and belongs there, such as a post or a person, has no roof to be put upright.
/// A tree that was measured in pieces is larger than an island together with the pieces beside.
/// </remarks>
internal static class IslandCleaner
{
    private const double LargestSquareMetres = 1.2;
    private const double RingMetres = 0.75;
    private const float FarMetres = 1.5f;
    private const double OtherSideShare = 0.05;
    private const double LeastKnownShare = 0.25;

    /// <summary>Pieces in neighbouring blocks of four cells count as one.</summary>
    private const int BlockShift = 2;

    /// <summary>Sets the cells of islands to NaN.</summary>
    /// <param name="heights">height × width metres; NaN where unknown.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="x">Column of the first cell in a frame common to all windows.</param>
    /// <param name="y">Row of the first cell in that frame.</param>
    /// <param name="cellMetres">Edge of a cell.</param>
    /// <param name="stepMetres">A height difference between neighbours at which a surface ends.</param>
    public static void Clear(float[] heights, int width, int height, int x, int y, double cellMetres, float stepMetres)
    {
        int most = (int)(LargestSquareMetres / (cellMetres * cellMetres));
        if (most < 1)
        {
            return;
        }

        bool[] isSmall = new bool[heights.Length];
        bool[] isIsland = new bool[heights.Length];
        List<int>[] small = SurfacePieces.Of(heights, width, height, stepMetres).NoLargerThan(most);
        foreach (int cell in small.SelectMany(piece => piece))
        {
            isSmall[cell] = true;
        }

        int ring = Math.Max(2, (int)Math.Round(RingMetres / cellMetres));
        foreach (int cell in small.Where(piece => IsFar(piece, heights, isSmall, width, height, ring)).SelectMany(piece => piece))
        {
            isIsland[cell] = true;
        }

        foreach (List<int> group in Groups(isIsland, width, height, x, y).Where(group => group.Count <= most))
        {
            foreach (int cell in group)
            {
                heights[cell] = float.NaN;
            }
        }
    }

    /// <summary>Cells of islands, those in touching blocks together.</summary>
    private static IEnumerable<List<int>> Groups(bool[] isIsland, int width, int height, int x, int y)
    {
        var blocks = new Dictionary<(int X, int Y), List<int>>();
        for (int i = 0, row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++, i++)
            {
                if (isIsland[i])
                {
                    (int, int) block = ((x + column) >> BlockShift, (y + row) >> BlockShift);
                    ref List<int>? cells = ref CollectionsMarshal.GetValueRefOrAddDefault(blocks, block, out _);
                    (cells ??= []).Add(i);
                }
            }
        }

        var waiting = new Stack<(int X, int Y)>();
        foreach ((int X, int Y) start in blocks.Keys.ToArray())
        {
            var group = new List<int>();
            waiting.Push(start);
            while (waiting.TryPop(out (int X, int Y) block))
            {
                if (blocks.Remove(block, out List<int>? cells))
                {
                    group.AddRange(cells);
                    for (int i = 0; i < 9; i++)
                    {
                        waiting.Push((block.X + (i % 3) - 1, block.Y + (i / 3) - 1));
                    }
                }
            }

            if (group.Count > 0)
            {
                yield return group;
            }
        }
    }

    /// <summary>Whether the larger pieces around a small one lie all far below it, or all far above.</summary>
    private static bool IsFar(List<int> piece, float[] heights, bool[] isSmall, int width, int height, int ring)
    {
        (int left, int right, int top, int bottom) = (width, 0, height, 0);
        (float lowest, float highest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (int cell in piece)
        {
            (int row, int column) = Math.DivRem(cell, width);
            (left, right) = (Math.Min(left, column), Math.Max(right, column));
            (top, bottom) = (Math.Min(top, row), Math.Max(bottom, row));
            (lowest, highest) = (Math.Min(lowest, heights[cell]), Math.Max(highest, heights[cell]));
        }

        (left, right) = (Math.Max(0, left - ring), Math.Min(width - 1, right + ring));
        (top, bottom) = (Math.Max(0, top - ring), Math.Min(height - 1, bottom + ring));
        (int known, int below, int above) = (0, 0, 0);
        for (int row = top; row <= bottom; row++)
        {
            for (int cell = (row * width) + left; cell <= (row * width) + right; cell++)
            {
                if (!isSmall[cell] && !float.IsNaN(heights[cell]))
                {
                    known++;
                    below += heights[cell] < lowest - FarMetres ? 1 : 0;
                    above += heights[cell] > highest + FarMetres ? 1 : 0;
                }
            }
        }

        int area = (right - left + 1) * (bottom - top + 1);
        return known >= LeastKnownShare * area && Math.Max(below, above) >= (1 - OtherSideShare) * known;
    }
}
