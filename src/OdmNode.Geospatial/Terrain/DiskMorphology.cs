using System.Numerics;

namespace OdmNode.Geospatial.Terrain;

/// <summary>Opening and closing of a raster with a disk. NaN and what lies beyond the edge have no say.</summary>
internal static class DiskMorphology
{
    /// <summary>Takes away what is higher than its surroundings and narrower than the disk.</summary>
    public static float[] Open(ReadOnlySpan<float> values, int width, int height, int radius) =>
        Highest(Lowest(values, width, height, radius), width, height, radius);

    /// <summary>Fills what is lower than its surroundings and narrower than the disk.</summary>
    public static float[] Close(ReadOnlySpan<float> values, int width, int height, int radius) =>
        Lowest(Highest(values, width, height, radius), width, height, radius);

    private static float[] Highest(ReadOnlySpan<float> values, int width, int height, int radius)
    {
        float[] negative = new float[values.Length];
        for (int i = 0; i < negative.Length; i++)
        {
            negative[i] = -values[i];
        }

        float[] result = Lowest(negative, width, height, radius);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = -result[i];
        }

        return result;
    }

    private static float[] Lowest(ReadOnlySpan<float> values, int width, int height, int radius)
    {
        float[] source = new float[values.Length];
        for (int i = 0; i < source.Length; i++)
        {
            source[i] = float.IsNaN(values[i]) ? float.PositiveInfinity : values[i];
        }

        // A disk is a stack of lines: those of one length share their least values.
        float[] lines = (float[])source.Clone();
        float[] result = new float[source.Length];
        Array.Fill(result, float.PositiveInfinity);
        for (int half = 0; half <= radius; half++)
        {
            if (half > 0)
            {
                Widen(lines, source, width, height, half);
            }

            for (int dy = 0; dy <= radius; dy++)
            {
                if ((int)Math.Sqrt((radius * radius) - (dy * dy)) == half)
                {
                    int overlap = (height - dy) * width;
                    if (overlap > 0)
                    {
                        Least(result.AsSpan(0, overlap), lines.AsSpan(dy * width));
                        Least(result.AsSpan(dy * width), lines.AsSpan(0, overlap));
                    }
                }
            }
        }

        for (int i = 0; i < result.Length; i++)
        {
            result[i] = float.IsFinite(result[i]) ? result[i] : float.NaN;
        }

        return result;
    }

    /// <summary>Least values of lines of 2 half + 1 cells, from those that are two cells shorter.</summary>
    private static void Widen(float[] lines, float[] source, int width, int height, int half)
    {
        int overlap = width - half;
        for (int y = 0; y < height && overlap > 0; y++)
        {
            Span<float> line = lines.AsSpan(y * width, width);
            ReadOnlySpan<float> from = source.AsSpan(y * width, width);
            Least(line[..overlap], from[half..]);
            Least(line[half..], from[..overlap]);
        }
    }

    private static void Least(Span<float> target, ReadOnlySpan<float> other)
    {
        int i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Min(new Vector<float>(target[i..]), new Vector<float>(other[i..])).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = Math.Min(target[i], other[i]);
        }
    }
}
