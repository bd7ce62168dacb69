namespace OdmNode.Geospatial.Elevation;

/// <summary>Fills gaps smoothly by averaging down a pyramid (pull) and interpolating up again (push).</summary>
/// <remarks>S. J. Gortler et al., The Lumigraph, SIGGRAPH 1996, section 3.4.</remarks>
internal static class PullPush
{
    /// <summary>Fills every NaN from the pyramid's top on; NaN stays where there is no value at all.</summary>
    public static void FillAll(Span<float> values, int width, int height)
    {
        int levels = 1;
        while ((Math.Max(width, height) - 1) >> levels > 0)
        {
            levels++;
        }

        Fill(values, width, height, 0, 0, levels, static (_, _) => float.NaN);
    }

    /// <summary>Fills NaN from up to <paramref name="levels"/> coarser levels; NaN stays where those have no value.</summary>
    /// <param name="values">height × width, rows first.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="x">Column of the first value in a frame common to all windows; levels are cut at its multiples of 2.</param>
    /// <param name="y">Row of the first value in that frame.</param>
    /// <param name="levels">Coarser levels; a value reaches no farther than 2^(levels + 1) cells.</param>
    /// <param name="top">What stands at a column and row of the coarsest level that has no value of its own; may be NaN.</param>
    public static void Fill(Span<float> values, int width, int height, int x, int y, int levels, Func<int, int, float> top)
    {
        if (levels == 0)
        {
            for (int i = 0; i < width * height; i++)
            {
                values[i] = float.IsNaN(values[i]) ? top(x + (i % width), y + (i / width)) : values[i];
            }

            return;
        }

        float[] coarse = Coarser(values, width, height, x, y, levels, top, out int coarseWidth);
        for (int i = 0; i < width * height; i++)
        {
            if (float.IsNaN(values[i]))
            {
                Push(values, i, width, x, y, coarse, coarseWidth);
            }
        }
    }

    /// <summary>The next level, filled.</summary>
    private static float[] Coarser(
        ReadOnlySpan<float> values, int width, int height, int x, int y, int levels, Func<int, int, float> top, out int coarseWidth)
    {
        int left = x >> 1;
        int upper = y >> 1;
        coarseWidth = ((x + width - 1) >> 1) - left + 1;
        int coarseHeight = ((y + height - 1) >> 1) - upper + 1;
        float[] coarse = new float[coarseWidth * coarseHeight];
        Pull(values, width, height, x, y, coarse, coarseWidth, coarseHeight);
        Fill(coarse, coarseWidth, coarseHeight, left, upper, levels - 1, top);
        return coarse;
    }

    private static void Pull(
        ReadOnlySpan<float> values, int width, int height, int x, int y, Span<float> coarse, int coarseWidth, int coarseHeight)
    {
        for (int cy = 0; cy < coarseHeight; cy++)
        {
            int row = (((y >> 1) + cy) * 2) - y;
            ReadOnlySpan<float> upper = Row(values, width, height, row);
            ReadOnlySpan<float> lower = Row(values, width, height, row + 1);
            for (int cx = 0; cx < coarseWidth; cx++)
            {
                int column = (((x >> 1) + cx) * 2) - x;
                float sum = 0;
                float count = 0;
                Add(At(upper, column), 1, ref sum, ref count);
                Add(At(upper, column + 1), 1, ref sum, ref count);
                Add(At(lower, column), 1, ref sum, ref count);
                Add(At(lower, column + 1), 1, ref sum, ref count);
                coarse[(cy * coarseWidth) + cx] = count == 0 ? float.NaN : sum / count;
            }
        }
    }

    /// <summary>Interpolates one value from the coarser level.</summary>
    private static void Push(Span<float> values, int place, int width, int x, int y, ReadOnlySpan<float> coarse, int coarseWidth)
    {
        (int row, int column) = Math.DivRem(place, width);
        int cy = ((y + row) >> 1) - (y >> 1);
        int ny = Math.Clamp(((y + row) & 1) == 0 ? cy - 1 : cy + 1, 0, (coarse.Length / coarseWidth) - 1);
        int cx = ((x + column) >> 1) - (x >> 1);
        int nx = Math.Clamp(((x + column) & 1) == 0 ? cx - 1 : cx + 1, 0, coarseWidth - 1);
        float sum = 0;
        float weights = 0;
        Add(coarse[(cy * coarseWidth) + cx], 0.5625f, ref sum, ref weights);
        Add(coarse[(cy * coarseWidth) + nx], 0.1875f, ref sum, ref weights);
        Add(coarse[(ny * coarseWidth) + cx], 0.1875f, ref sum, ref weights);
        Add(coarse[(ny * coarseWidth) + nx], 0.0625f, ref sum, ref weights);
        values[place] = weights > 0 ? sum / weights : float.NaN;
    }

    private static void Add(float value, float weight, ref float sum, ref float weights)
    {
        if (!float.IsNaN(value))
        {
            sum += weight * value;
            weights += weight;
        }
    }

    private static ReadOnlySpan<float> Row(ReadOnlySpan<float> values, int width, int height, int y) =>
        (uint)y < (uint)height ? values.Slice(y * width, width) : [];

    private static float At(ReadOnlySpan<float> row, int x) => (uint)x < (uint)row.Length ? row[x] : float.NaN;
}
