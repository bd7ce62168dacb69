namespace OdmNode.Geospatial.Edges;

/// <summary>Finds the steps of a surface.</summary>
internal static class StepFinder
{
    private const int RampCells = 3;

    /// <summary>Marks the cells within a distance of a step.</summary>
    /// <param name="heights">height × width metres; NaN where unknown.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stepMetres">A height difference between neighbours that is a step.</param>
    /// <param name="cells">The distance, along rows and columns.</param>
    public static bool[] Near(float[] heights, int width, int height, float stepMetres, int cells) =>
        Dilated(StepsOf(heights, width, height, stepMetres), width, height, cells);

    private static bool[] StepsOf(float[] heights, int width, int height, float step)
    {
        bool[] isStep = new bool[heights.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int cell = (y * width) + x;
                Mark(cell, x + 1 < width ? cell + 1 : -1);
                Mark(cell, y + 1 < height ? cell + width : -1);
                Mark(cell, x + 1 < width && y + 1 < height ? cell + width + 1 : -1);
                Mark(cell, x > 0 && y + 1 < height ? cell + width - 1 : -1);
                MarkRamp(cell, x + RampCells < width ? 1 : 0);
                MarkRamp(cell, y + RampCells < height ? width : 0);
            }
        }

        return isStep;

        // A step that was measured as a ramp is no slope of any roof.
        void MarkRamp(int cell, int stride)
        {
            if (stride > 0 && Math.Abs(heights[cell] - heights[cell + (RampCells * stride)]) > 2 * step)
            {
                for (int k = 0; k <= RampCells; k++)
                {
                    isStep[cell + (k * stride)] = true;
                }
            }
        }

        void Mark(int a, int b)
        {
            if (b >= 0 && Math.Abs(heights[a] - heights[b]) > step)
            {
                isStep[a] = true;
                isStep[b] = true;
            }
        }
    }

    private static bool[] Dilated(bool[] cells, int width, int height, int radius)
    {
        bool[] rows = Spread(cells, width, height, radius, 1, width);
        return Spread(rows, height, width, radius, width, 1);
    }

    /// <summary>Marks all within a radius along lines of a length, a stride apart from cell to cell and a pitch from line to line.</summary>
    private static bool[] Spread(bool[] cells, int length, int lines, int radius, int stride, int pitch)
    {
        bool[] result = new bool[cells.Length];
        for (int line = 0; line < lines; line++)
        {
            int until = -1;
            for (int i = 0; i < length + radius; i++)
            {
                if (i < length && cells[(line * pitch) + (i * stride)])
                {
                    until = i + (2 * radius);
                }

                if (i >= radius && i <= until)
                {
                    result[(line * pitch) + ((i - radius) * stride)] = true;
                }
            }
        }

        return result;
    }
}
