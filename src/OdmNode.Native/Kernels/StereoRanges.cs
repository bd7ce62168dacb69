namespace OdmNode.Native.Kernels;

/// <summary>The planes that each pixel searches, and where its costs lie in the cost volume.</summary>
public sealed class StereoRanges
{
    /// <summary>Planes come in chunks of so many.</summary>
    public const int Chunk = 16;

    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="first">width × height: first plane of the pixel.</param>
    /// <param name="chunks">width × height: number of chunks, at least 1.</param>
    public StereoRanges(int width, int height, short[] first, byte[] chunks)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(chunks);
        if (width < 1 || height < 1 || first.Length != width * height || chunks.Length != first.Length)
        {
            throw new ArgumentException("The ranges do not fit the frame.");
        }

        Width = width;
        Height = height;
        First = first;
        PixelStart = new int[first.Length];
        RowStart = new long[height + 1];
        for (int y = 0; y < height; y++)
        {
            int inRow = 0;
            for (int pixel = y * width; pixel < (y + 1) * width; pixel++)
            {
                ArgumentOutOfRangeException.ThrowIfZero(chunks[pixel]);
                PixelStart[pixel] = inRow;
                inRow += chunks[pixel];
            }

            RowStart[y + 1] = RowStart[y] + ((long)inRow * Chunk);
            MaxRowEntries = Math.Max(MaxRowEntries, (long)inRow * Chunk);
        }
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>width × height first planes.</summary>
    public short[] First { get; }

    /// <summary>width × height: chunks before the pixel in its row.</summary>
    public int[] PixelStart { get; }

    /// <summary>height + 1: entries before the row.</summary>
    public long[] RowStart { get; }

    /// <summary>Entries of the longest row.</summary>
    public long MaxRowEntries { get; }

    /// <summary>Entries of the cost volume.</summary>
    public long Entries => RowStart[Height];
}
