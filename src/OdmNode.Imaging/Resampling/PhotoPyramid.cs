using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using OdmNode.Imaging.Buffers;

namespace OdmNode.Imaging.Resampling;

/// <summary>
/// Copies of a photo of half the size each, averaged, down to a few pixels: level 0 is the photo itself, level k has ceil(side / 2^k) pixels along
/// a side.
/// </summary>
public static class PhotoPyramid
{
    private const int SmallestSide = 16;

    /// <summary>Bytes that the levels of a photo of the given size take while they are made, to state memory before decoding.</summary>
    public static long BytesOf(int width, int height) => 4L * width * height;

    /// <summary>Bytes of one level of a photo of the given size.</summary>
    public static long BytesOf(int width, int height, int level)
    {
        (int columns, int rows) = SizeOf(width, height, level);
        return 3L * columns * rows;
    }

    /// <summary>Pixels along the sides of a level.</summary>
    public static (int Width, int Height) SizeOf(int width, int height, int level)
    {
        int round = (1 << level) - 1;
        return ((width + round) >> level, (height + round) >> level);
    }

    /// <summary>Levels of a photo of the given size.</summary>
    public static int LevelsOf(int width, int height)
    {
        int levels = 1;
        for (int side = Math.Min(width, height); side >= 2 * SmallestSide; side = (side + 1) / 2)
        {
            levels++;
        }

        return levels;
    }

    /// <summary>A coarser level.</summary>
    /// <param name="picture">Three channels; given back when no coarser level is wanted.</param>
    /// <param name="levels">How many levels coarser.</param>
    public static ImageBuffer Reduced(ImageBuffer picture, int levels)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Channels != 3)
        {
            throw new ArgumentException("The photo must have three channels.", nameof(picture));
        }

        for (int level = 0; level < levels; level++)
        {
            picture = Halved(picture);
        }

        return picture;
    }

    private static ImageBuffer Halved(ImageBuffer source)
    {
        ImageBuffer half = ImageBuffer.ForPhoto((source.Width + 1) / 2, (source.Height + 1) / 2, 3);
        for (int y = 0; y < half.Height; y++)
        {
            ReadOnlySpan<byte> upper = source.Row(2 * y);
            ReadOnlySpan<byte> lower = source.Row(Math.Min((2 * y) + 1, source.Height - 1));
            Span<byte> target = half.Row(y);
            for (int x = HalveVectors(upper, lower, target); x < half.Width; x++)
            {
                int a = 6 * x;
                int b = (2 * x) + 1 < source.Width ? a + 3 : a;
                for (int c = 0; c < 3; c++)
                {
                    target[(3 * x) + c] = (byte)((upper[a + c] + upper[b + c] + lower[a + c] + lower[b + c] + 2) >> 2);
                }
            }
        }

        return half;
    }

    /// <summary>Averages as many pixels from the left as whole vectors hold; how many that are.</summary>
    private static int HalveVectors(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> target)
    {
        // Sixteen samples and those of the next pixel hold two pairs of pixels; a store writes two samples more than the six that it advances by.
        const int pixels = 2;
        const int read = 16 + 3;
        const int written = 8;
        Vector128<byte> pick = Vector128.Create((byte)0, 1, 2, 6, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8);
        int x = 0;
        for (; (6 * x) + read <= upper.Length && (3 * x) + written <= target.Length; x += pixels)
        {
            Vector128<byte> a = Vector128.Create(upper.Slice(6 * x, 16));
            Vector128<byte> b = Vector128.Create(upper.Slice((6 * x) + 3, 16));
            Vector128<byte> c = Vector128.Create(lower.Slice(6 * x, 16));
            Vector128<byte> d = Vector128.Create(lower.Slice((6 * x) + 3, 16));
            Vector128<ushort> first = (Vector128.WidenLower(a) + Vector128.WidenLower(b) + Vector128.WidenLower(c) + Vector128.WidenLower(d)
                + Vector128.Create((ushort)2)) >> 2;
            Vector128<ushort> second = (Vector128.WidenUpper(a) + Vector128.WidenUpper(b) + Vector128.WidenUpper(c) + Vector128.WidenUpper(d)
                + Vector128.Create((ushort)2)) >> 2;
            ulong six = Vector128.Shuffle(Vector128.Narrow(first, second), pick).AsUInt64().ToScalar();
            BinaryPrimitives.WriteUInt64LittleEndian(target[(3 * x)..], six);
        }

        return x;
    }
}
