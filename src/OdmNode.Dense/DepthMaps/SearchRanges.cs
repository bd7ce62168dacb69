using OdmNode.Native.Kernels;

namespace OdmNode.Dense.DepthMaps;

/// <summary>The planes that each pixel of a level searches.</summary>
/// <remarks>
/// After the coarsest level a pixel searches around all that the coarser level found near it, so that at the edge of a
/// roof both the roof and the ground stay in reach (tSGM: M. Rothermel et al., SURE: Photogrammetric surface
/// reconstruction from imagery, LC3D Workshop 2012).
/// </remarks>
internal static class SearchRanges
{
    /// <summary>Most entries of the cost volume for a pixel, in the mean of a level.</summary>
    public const int MaxMeanEntries = 48;

    private const int Radius = 2;
    private const int MaxChunks = 8;

    /// <summary>The same planes everywhere.</summary>
    public static StereoRanges Uniform(int width, int height, int planes)
    {
        var chunks = new byte[width * height];
        Array.Fill(chunks, (byte)((planes + StereoRanges.Chunk - 1) / StereoRanges.Chunk));
        return new StereoRanges(width, height, new short[width * height], chunks);
    }

    /// <summary>Around the planes that a coarser level found; the planes of the finer level lie twice as dense.</summary>
    public static StereoRanges Around(PlaneMap coarse, int width, int height, int margin)
    {
        (float[] low, float[] high) = Bounds(coarse);
        for (int limit = MaxChunks; ; limit /= 2)
        {
            StereoRanges ranges = Around(coarse, low, high, width, height, margin, limit);
            if (limit == 1 || ranges.Entries <= (long)MaxMeanEntries * width * height)
            {
                return ranges;
            }
        }
    }

    private static StereoRanges Around(
        PlaneMap coarse, float[] low, float[] high, int width, int height, int margin, int maxChunks)
    {
        var first = new short[width * height];
        var chunks = new byte[width * height];
        for (int y = 0; y < height; y++)
        {
            int row = Math.Min(y / 2, coarse.Height - 1) * coarse.Width;
            for (int x = 0; x < width; x++)
            {
                int source = row + Math.Min(x / 2, coarse.Width - 1);
                int begin = (int)MathF.Floor(2 * low[source]) - margin;
                int end = (int)MathF.Ceiling(2 * high[source]) + margin + 1;
                int count = Math.Min(maxChunks, (end - begin + StereoRanges.Chunk - 1) / StereoRanges.Chunk);
                int entries = count * StereoRanges.Chunk;
                int start = begin - ((entries - (end - begin)) / 2);
                if (end - begin > entries)
                {
                    int own = (int)(2 * coarse.Planes[source]);
                    start = Math.Clamp(own - (entries / 2), begin, end - entries);
                }

                first[(y * width) + x] = (short)Math.Clamp(start, short.MinValue, short.MaxValue - entries);
                chunks[(y * width) + x] = (byte)count;
            }
        }

        return new StereoRanges(width, height, first, chunks);
    }

    /// <summary>Least and largest plane in the window around each pixel; where it holds none, of the nearest pixels along the axes.</summary>
    private static (float[] Low, float[] High) Bounds(PlaneMap coarse)
    {
        int width = coarse.Width;
        int height = coarse.Height;
        var low = new float[coarse.Planes.Length];
        var high = new float[coarse.Planes.Length];
        for (int i = 0; i < low.Length; i++)
        {
            bool known = coarse.Margins[i] > 0;
            low[i] = known ? coarse.Planes[i] : float.PositiveInfinity;
            high[i] = known ? coarse.Planes[i] : float.NegativeInfinity;
        }

        FillGaps(low, high, width, height);
        for (int i = 0; i < low.Length; i++)
        {
            // An unsure winner may still be the right one.
            low[i] = MathF.Min(low[i], coarse.Planes[i]);
            high[i] = MathF.Max(high[i], coarse.Planes[i]);
        }

        Window(low, width, height, least: true);
        Window(high, width, height, least: false);
        return (low, high);
    }

    /// <summary>Unknown pixels take the bounds of the nearest known ones to the left, right, above and below.</summary>
    private static void FillGaps(float[] low, float[] high, int width, int height)
    {
        float[] knownLow = [.. low];
        float[] knownHigh = [.. high];
        void Spread(int start, int step, int count)
        {
            float lastLow = float.PositiveInfinity, lastHigh = float.NegativeInfinity;
            for (int i = 0, at = start; i < count; i++, at += step)
            {
                if (float.IsFinite(knownLow[at]))
                {
                    (lastLow, lastHigh) = (knownLow[at], knownHigh[at]);
                }
                else
                {
                    low[at] = MathF.Min(low[at], lastLow);
                    high[at] = MathF.Max(high[at], lastHigh);
                }
            }
        }

        for (int y = 0; y < height; y++)
        {
            Spread(y * width, 1, width);
            Spread((y * width) + width - 1, -1, width);
        }

        for (int x = 0; x < width; x++)
        {
            Spread(x, width, height);
            Spread(((height - 1) * width) + x, -width, height);
        }

        float least = knownLow.Where(float.IsFinite).DefaultIfEmpty(0).Min();
        float largest = knownHigh.Where(float.IsFinite).DefaultIfEmpty(0).Max();
        for (int i = 0; i < low.Length; i++)
        {
            if (!float.IsFinite(low[i]))
            {
                (low[i], high[i]) = (least, largest);
            }
        }
    }

    /// <summary>Replaces values by the least in the window around them, or by the largest.</summary>
    private static void Window(float[] values, int width, int height, bool least)
    {
        var line = new float[values.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float best = values[(y * width) + x];
                for (int near = Math.Max(0, x - Radius); near <= Math.Min(width - 1, x + Radius); near++)
                {
                    float value = values[(y * width) + near];
                    best = value < best == least ? value : best;
                }

                line[(y * width) + x] = best;
            }
        }

        for (int y = 0; y < height; y++)
        {
            Span<float> target = values.AsSpan(y * width, width);
            line.AsSpan(y * width, width).CopyTo(target);
            for (int near = Math.Max(0, y - Radius); near <= Math.Min(height - 1, y + Radius); near++)
            {
                ReadOnlySpan<float> other = line.AsSpan(near * width, width);
                for (int x = 0; x < width; x++)
                {
                    target[x] = other[x] < target[x] == least ? other[x] : target[x];
                }
            }
        }
    }
}
