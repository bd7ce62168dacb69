namespace OdmNode.Geospatial.Cutlines;

/// <summary>The cells between an inner area and an outer one, and a ray from the inner area that every way around it crosses.</summary>
internal sealed class RingBand
{
    private readonly int[] numbers;

    /// <param name="outer">height × width values: the outer area.</param>
    /// <param name="inner">The area in its middle, of the same size.</param>
    /// <param name="width">Columns.</param>
    public RingBand(bool[] outer, bool[] inner, int width)
    {
        Width = width;
        Height = outer.Length / width;
        numbers = new int[outer.Length];
        var cells = new List<int>();
        for (int i = 0; i < outer.Length; i++)
        {
            bool isInBand = outer[i] && !inner[i];
            numbers[i] = isInBand ? cells.Count : -1;
            if (isInBand)
            {
                cells.Add(i);
            }
        }

        Cells = [.. cells];
        (RayRow, RayColumn) = Middle(inner, width);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Row × width + column of each cell of the band, ascending.</summary>
    public int[] Cells { get; }

    /// <summary>The ray runs east along the upper side of this row.</summary>
    public int RayRow { get; }

    /// <summary>The column where it begins, amid the inner area; below 0 where there is none.</summary>
    public int RayColumn { get; }

    /// <summary>A cell's index in <see cref="Cells"/>; -1 outside the band.</summary>
    public int NumberOf(int column, int row) =>
        (uint)column < (uint)Width && (uint)row < (uint)Height ? numbers[(row * Width) + column] : -1;

    /// <summary>+1 for a step between neighbours that crosses the ray from above, -1 from below, else 0.</summary>
    public int Crossing(int column, int row, int nextColumn, int nextRow) =>
        row == nextRow || Math.Max(row, nextRow) != RayRow || Math.Max(column, nextColumn) <= RayColumn ? 0 : nextRow - row;

    /// <summary>The middle of the longest run of inner cells in a row that has such a run above it too.</summary>
    private static (int Row, int Column) Middle(bool[] inner, int width)
    {
        (int bestRow, int bestColumn, int longest) = (-1, -1, 0);
        for (int row = 1; row < inner.Length / width; row++)
        {
            int run = 0;
            for (int column = 0; column < width; column++)
            {
                bool isInside = inner[(row * width) + column] && inner[((row - 1) * width) + column];
                run = isInside ? run + 1 : 0;
                if (run > longest)
                {
                    (bestRow, bestColumn, longest) = (row, column - (run / 2), run);
                }
            }
        }

        return (bestRow, bestColumn);
    }
}
