namespace OdmNode.Geospatial.Elevation;

/// <summary>Diffusion within gaps, held by what surrounds them.</summary>
internal static class GapSmoother
{
    /// <summary>Averages each filled value with its neighbours; a value depends on cells up to <paramref name="rounds"/> away.</summary>
    /// <param name="values">height × width: sources and filled values; NaN where nothing has a say.</param>
    /// <param name="isSource">Values that stay as they are.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="rounds">Times to average.</param>
    public static void Smooth(float[] values, bool[] isSource, int width, int height, int rounds)
    {
        int[] gaps = InnerGaps(values, isSource, width, height);
        float[] next = new float[gaps.Length];
        for (int round = 0; round < rounds; round++)
        {
            for (int k = 0; k < gaps.Length; k++)
            {
                int i = gaps[k];
                float sum = values[i];
                int count = 1;
                Add(values[i - 1], ref sum, ref count);
                Add(values[i + 1], ref sum, ref count);
                Add(values[i - width], ref sum, ref count);
                Add(values[i + width], ref sum, ref count);
                next[k] = sum / count;
            }

            for (int k = 0; k < gaps.Length; k++)
            {
                values[gaps[k]] = next[k];
            }
        }
    }

    private static int[] InnerGaps(float[] values, bool[] isSource, int width, int height)
    {
        var gaps = new List<int>();
        for (int y = 1; y < height - 1; y++)
        {
            for (int i = (y * width) + 1; i < (y * width) + width - 1; i++)
            {
                if (!isSource[i] && !float.IsNaN(values[i]))
                {
                    gaps.Add(i);
                }
            }
        }

        return [.. gaps];
    }

    private static void Add(float value, ref float sum, ref int count)
    {
        if (!float.IsNaN(value))
        {
            sum += value;
            count++;
        }
    }
}
