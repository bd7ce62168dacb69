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

        float[] lowest = Extremes(heights, width, height, radius, 1);
        float[] highest = Extremes(heights, width, height, radius, -1);
        for (int i = 0; i < heights.Length; i++)
        {
            if (lowest[i] < heights[i] - step && -highest[i] > heights[i] + step)
            {
                heights[i] = float.NaN;
            }
        }
    }

    /// <summary>Least values of sign × height in the squares around the cells; infinite where none is known.</summary>
    private static float[] Extremes(float[] heights, int width, int height, int radius, float sign)
    {
        float[] line = new float[heights.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float least = float.PositiveInfinity;
                for (int i = Math.Max(0, x - radius); i <= Math.Min(width - 1, x + radius); i++)
                {
                    float value = sign * heights[(y * width) + i];
                    least = value < least ? value : least;
                }

                line[(y * width) + x] = least;
            }
        }

        float[] result = new float[heights.Length];
        Array.Fill(result, float.PositiveInfinity);
        for (int y = 0; y < height; y++)
        {
            Span<float> target = result.AsSpan(y * width, width);
            for (int row = Math.Max(0, y - radius); row <= Math.Min(height - 1, y + radius); row++)
            {
                ReadOnlySpan<float> source = line.AsSpan(row * width, width);
                for (int x = 0; x < width; x++)
                {
                    target[x] = Math.Min(target[x], source[x]);
                }
            }
        }

        return result;
    }
}
