namespace OdmNode.Dense.Filtering;

/// <summary>Closes small gaps in a depth map between two parts of the same surface.</summary>
internal static class GapFiller
{
    /// <summary>Interpolates gaps of at most <paramref name="maxGap"/> pixels, first in rows, then in columns; filled pixels get confidence 1.</summary>
    public static void Fill(float[] depth, byte[] confidence, int width, int maxGap, double maxRelativeDepth)
    {
        int height = depth.Length / width;
        for (int y = 0; y < height; y++)
        {
            FillLine(depth, confidence, y * width, 1, width, maxGap, maxRelativeDepth);
        }

        for (int x = 0; x < width; x++)
        {
            FillLine(depth, confidence, x, width, height, maxGap, maxRelativeDepth);
        }
    }

    private static void FillLine(
        float[] depth, byte[] confidence, int start, int step, int count, int maxGap, double maxRelativeDepth)
    {
        int last = -1;
        for (int i = 0; i < count; i++)
        {
            float value = depth[start + (i * step)];
            if (value <= 0)
            {
                continue;
            }

            int gap = i - last - 1;
            if (last >= 0 && gap >= 1 && gap <= maxGap)
            {
                float before = depth[start + (last * step)];
                if (Math.Abs(value - before) <= maxRelativeDepth * Math.Min(value, before))
                {
                    for (int j = 1; j <= gap; j++)
                    {
                        float t = (float)j / (gap + 1);
                        depth[start + ((last + j) * step)] = ((1 - t) * before) + (t * value);
                        confidence[start + ((last + j) * step)] = 1;
                    }
                }
            }

            last = i;
        }
    }
}
