using System.Runtime.Intrinsics;

namespace OdmNode.Geospatial.Elevation;

/// <summary>Takes away what lies between the top and the foot of a step: points of the wall, which has no area in plan.</summary>
internal static class StepCleaner
{
    /// <summary>Sets cells to NaN that have both a cell far above and a cell far below them nearby.</summary>
    /// <param name="heights">height × width metres; NaN where unknown.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="radius">Half the edge of the square searched, cells.</param>
    /// <param name="step">How far above and below, metres.</param>
    public static void Clear(float[] heights, int width, int height, int radius, float step)
    {
        if (radius < 1)
        {
            return;
        }

        float[] lines = GC.AllocateUninitializedArray<float>(heights.Length);
        float[] lowest = Extremes(heights, width, height, radius, 1, lines);
        float[] highest = Extremes(heights, width, height, radius, -1, lines);
        for (int i = 0; i < heights.Length; i++)
        {
            if (lowest[i] < heights[i] - step && -highest[i] > heights[i] + step)
            {
                heights[i] = float.NaN;
            }
        }
    }

    /// <summary>Least values of sign × height in the squares around the cells; infinite where none is known.</summary>
    private static float[] Extremes(float[] heights, int width, int height, int radius, float sign, float[] line)
    {
        float[] padded = new float[width + (2 * radius)];
        Array.Fill(padded, float.PositiveInfinity);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> source = heights.AsSpan(y * width, width);
            for (int x = 0; x < width; x++)
            {
                padded[radius + x] = float.IsNaN(source[x]) ? float.PositiveInfinity : sign * source[x];
            }

            Span<float> target = line.AsSpan(y * width, width);
            padded.AsSpan(0, width).CopyTo(target);
            for (int shift = 1; shift <= 2 * radius; shift++)
            {
                Lower(target, padded.AsSpan(shift, width));
            }
        }

        float[] result = GC.AllocateUninitializedArray<float>(heights.Length);
        for (int y = 0; y < height; y++)
        {
            Span<float> target = result.AsSpan(y * width, width);
            target.Fill(float.PositiveInfinity);
            for (int row = Math.Max(0, y - radius); row <= Math.Min(height - 1, y + radius); row++)
            {
                Lower(target, line.AsSpan(row * width, width));
            }
        }

        return result;
    }

    /// <summary>target = min(target, source), value by value: a vector at a time, then what is left over one by one.</summary>
    private static void Lower(Span<float> target, ReadOnlySpan<float> source)
    {
        int i = 0;
        for (; i <= target.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256.MinNative(Vector256.Create<float>(target[i..]), Vector256.Create(source[i..])).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = source[i] < target[i] ? source[i] : target[i];
        }
    }
}
