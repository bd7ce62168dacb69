using System.Runtime.InteropServices;

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
        var gaps = new List<int>();
        for (int i = 0; i < values.Length; i++)
        {
            if (!isSource[i] && !float.IsNaN(values[i]))
            {
                gaps.Add(i);
            }
        }

        Smooth(values, CollectionsMarshal.AsSpan(gaps), width, height, rounds);
    }

    /// <summary>The same, of the filled values at given places, in ascending order.</summary>
    private static void Smooth(float[] values, ReadOnlySpan<int> filled, int width, int height, int rounds)
    {
        int[] gaps = Inner(filled, width, height);
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

    /// <summary>Those that have four neighbours.</summary>
    private static int[] Inner(ReadOnlySpan<int> cells, int width, int height)
    {
        var inner = new List<int>(cells.Length);
        foreach (int cell in cells)
        {
            (int y, int x) = Math.DivRem(cell, width);
            if (x > 0 && y > 0 && x < width - 1 && y < height - 1)
            {
                inner.Add(cell);
            }
        }

        return [.. inner];
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
