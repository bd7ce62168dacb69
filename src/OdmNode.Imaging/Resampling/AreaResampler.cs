using System.Numerics;
using System.Runtime.InteropServices;
using OdmNode.Imaging.Buffers;

namespace OdmNode.Imaging.Resampling;

/// <summary>Resizes by exact area: every result pixel is the mean of the source area it covers, parts of pixels included.</summary>
/// <remarks>
/// Shrinking this way neither aliases nor shifts: the corner (0, 0) stays, so coordinates scale by the size ratio.
/// Where the result is larger than the source it is linear between pixel centres.
/// </remarks>
public static class AreaResampler
{
    /// <summary>The whole picture at another size.</summary>
    public static ImageBuffer Resize(ImageBuffer source, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Width == width && source.Height == height
            ? source
            : Resize(source, width, height, (double)source.Width / width, (double)source.Height / height);
    }

    /// <summary>A picture of the given size whose pixel (x, y) covers a stated area of the source.</summary>
    /// <param name="source">Any number of channels.</param>
    /// <param name="width">Pixels of the result.</param>
    /// <param name="height">Pixels of the result.</param>
    /// <param name="stepX">Source pixels per result pixel: column x covers [x · stepX, (x + 1) · stepX).</param>
    /// <param name="stepY">Source pixels per result pixel, down.</param>
    public static ImageBuffer Resize(ImageBuffer source, int width, int height, double stepX, double stepY)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepX);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepY);
        int channels = source.Channels;
        Footprint[] columns = Footprints(source.Width, width, stepX, out float[] columnWeights);
        Footprint[] rows = Footprints(source.Height, height, stepY, out float[] rowWeights);
        var result = new ImageBuffer(width, height, channels);
        float[] sums = new float[source.Width * channels];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(sums);
            Footprint row = rows[y];
            for (int k = 0; k < row.Count; k++)
            {
                AddScaled(source.Row(row.First + k), rowWeights[row.Weights + k], sums);
            }

            ReduceColumns(sums, columns, columnWeights, channels, result.Row(y));
        }

        return result;
    }

    /// <summary>Source pixels [First, First + Count) with their weights from index Weights on.</summary>
    private readonly record struct Footprint(int First, int Count, int Weights);

    private static Footprint[] Footprints(int sourceLength, int length, double step, out float[] weights)
    {
        var footprints = new Footprint[length];
        var all = new List<float>();
        for (int i = 0; i < length; i++)
        {
            (double from, double to) = (i * step, (i + 1) * step);
            if (step < 1)
            {
                // A width of one source pixel around the centre interpolates linearly.
                double center = 0.5 * (from + to);
                (from, to) = (center - 0.5, center + 0.5);
            }

            from = Math.Clamp(from, 0, sourceLength);
            to = Math.Clamp(to, 0, sourceLength);
            int first = Math.Min((int)from, sourceLength - 1);
            int last = Math.Max(first, Math.Min((int)Math.Ceiling(to - 1e-9) - 1, sourceLength - 1));
            footprints[i] = new Footprint(first, last - first + 1, all.Count);
            double total = 0;
            for (int s = first; s <= last; s++)
            {
                total += Covered(s, from, to);
            }

            for (int s = first; s <= last; s++)
            {
                all.Add(total > 0 ? (float)(Covered(s, from, to) / total) : 1f / (last - first + 1));
            }
        }

        weights = [.. all];
        return footprints;
    }

    private static double Covered(int pixel, double from, double to) =>
        Math.Max(0, Math.Min(pixel + 1, to) - Math.Max(pixel, from));

    private static void AddScaled(ReadOnlySpan<byte> row, float weight, Span<float> sums)
    {
        int done = 0;
        if (Vector.IsHardwareAccelerated)
        {
            int lanes = Vector<byte>.Count;
            ReadOnlySpan<Vector<byte>> blocks = MemoryMarshal.Cast<byte, Vector<byte>>(row);
            Span<Vector<float>> targets = MemoryMarshal.Cast<float, Vector<float>>(sums[..(blocks.Length * lanes)]);
            for (int i = 0; i < blocks.Length; i++)
            {
                Vector.Widen(blocks[i], out Vector<ushort> low, out Vector<ushort> high);
                Vector.Widen(low, out Vector<uint> a, out Vector<uint> b);
                Vector.Widen(high, out Vector<uint> c, out Vector<uint> d);
                int target = 4 * i;
                targets[target] += weight * Vector.ConvertToSingle(a.As<uint, int>());
                targets[target + 1] += weight * Vector.ConvertToSingle(b.As<uint, int>());
                targets[target + 2] += weight * Vector.ConvertToSingle(c.As<uint, int>());
                targets[target + 3] += weight * Vector.ConvertToSingle(d.As<uint, int>());
            }

            done = blocks.Length * lanes;
        }

        for (int i = done; i < row.Length; i++)
        {
            sums[i] += weight * row[i];
        }
    }

    private static void ReduceColumns(
        ReadOnlySpan<float> sums, ReadOnlySpan<Footprint> columns, ReadOnlySpan<float> weights, int channels, Span<byte> result)
    {
        for (int x = 0; x < columns.Length; x++)
        {
            Footprint column = columns[x];
            ReadOnlySpan<float> columnWeights = weights.Slice(column.Weights, column.Count);
            for (int channel = 0; channel < channels; channel++)
            {
                float sum = 0;
                int from = (column.First * channels) + channel;
                for (int k = 0; k < columnWeights.Length; k++)
                {
                    sum += columnWeights[k] * sums[from + (k * channels)];
                }

                result[(x * channels) + channel] = (byte)Math.Clamp(sum + 0.5f, 0f, 255f);
            }
        }
    }
}
