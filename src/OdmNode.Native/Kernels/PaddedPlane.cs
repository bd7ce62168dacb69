namespace OdmNode.Native.Kernels;

/// <summary>An 8-bit plane with free pixels on every side, so that vector kernels may look beyond the frame.</summary>
public sealed class PaddedPlane
{
    /// <param name="width">Frame, pixels.</param>
    /// <param name="height">Frame, pixels.</param>
    /// <param name="padding">Pixels on every side.</param>
    public PaddedPlane(int width, int height, int padding)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegative(padding);
        Width = width;
        Height = height;
        Padding = padding;
        Stride = width + (2 * padding);
        Pixels = new byte[checked(Stride * (height + (2 * padding)))];
    }

    public int Width { get; }

    public int Height { get; }

    public int Padding { get; }

    /// <summary>Pixels from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>All pixels, padding included.</summary>
    public byte[] Pixels { get; }

    /// <summary>Index of the first pixel of the frame.</summary>
    public int Origin => (Padding * Stride) + Padding;

    /// <summary>A row of the frame without its padding; rows of the padding count too.</summary>
    public Span<byte> Row(int y) => Pixels.AsSpan(Origin + (y * Stride), Width);
}
