namespace OdmNode.Imaging.Buffers;

/// <summary>An 8-bit picture: rows from the top, pixels from the left, channels interleaved, no padding.</summary>
public sealed class ImageBuffer
{
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="channels">1 (grey) or 3 (red, green, blue).</param>
    public ImageBuffer(int width, int height, int channels)
        : this(width, height, channels, static samples => new byte[samples])
    {
    }

    private ImageBuffer(int width, int height, int channels, Func<int, byte[]> allocate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        Width = width;
        Height = height;
        Channels = channels;
        Pixels = allocate(checked(width * height * channels));
    }

    /// <summary>
    /// A picture of photo size that is going to be overwritten, in memory of its kind: photos are kept for long, and beside what is thrown
    /// away soon they would leave holes. The samples are undefined.
    /// </summary>
    /// <inheritdoc cref="ImageBuffer(int, int, int)"/>
    public static ImageBuffer ForPhoto(int width, int height, int channels) =>
        new(width, height, channels, static samples => GC.AllocateUninitializedArray<byte>(samples, pinned: true));

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    /// <summary>height × width × channels samples.</summary>
    public byte[] Pixels { get; }

    /// <summary>The samples of row <paramref name="y"/>.</summary>
    public Span<byte> Row(int y) => Pixels.AsSpan(y * Width * Channels, Width * Channels);
}
