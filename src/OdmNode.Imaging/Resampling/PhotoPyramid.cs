using OdmNode.Imaging.Buffers;

namespace OdmNode.Imaging.Resampling;

/// <summary>A photo and copies of half the size each, averaged, down to a few pixels.</summary>
public sealed class PhotoPyramid
{
    private const int SmallestSide = 16;

    private PhotoPyramid(IReadOnlyList<ImageBuffer> levels) => Levels = levels;

    /// <summary>Level 0 is the photo itself; level k has ceil(side / 2^k) pixels along a side.</summary>
    public IReadOnlyList<ImageBuffer> Levels { get; }

    /// <summary>Bytes of a pyramid of a photo of the given size, to state memory before decoding.</summary>
    public static long BytesOf(int width, int height) => 4L * width * height;

    /// <summary>Levels of the pyramid of a photo of the given size.</summary>
    public static int LevelsOf(int width, int height)
    {
        int levels = 1;
        for (int side = Math.Min(width, height); side >= 2 * SmallestSide; side = (side + 1) / 2)
        {
            levels++;
        }

        return levels;
    }

    /// <param name="photo">Three channels; kept, not copied.</param>
    public static PhotoPyramid Build(ImageBuffer photo)
    {
        ArgumentNullException.ThrowIfNull(photo);
        if (photo.Channels != 3)
        {
            throw new ArgumentException("The photo must have three channels.", nameof(photo));
        }

        var levels = new List<ImageBuffer> { photo };
        while (Math.Min(levels[^1].Width, levels[^1].Height) >= 2 * SmallestSide)
        {
            levels.Add(Halved(levels[^1]));
        }

        return new PhotoPyramid(levels);
    }

    private static ImageBuffer Halved(ImageBuffer source)
    {
        ImageBuffer half = ImageBuffer.ForPhoto((source.Width + 1) / 2, (source.Height + 1) / 2, 3);
        for (int y = 0; y < half.Height; y++)
        {
            ReadOnlySpan<byte> upper = source.Row(2 * y);
            ReadOnlySpan<byte> lower = source.Row(Math.Min((2 * y) + 1, source.Height - 1));
            Span<byte> target = half.Row(y);
            for (int x = 0; x < half.Width; x++)
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
}
