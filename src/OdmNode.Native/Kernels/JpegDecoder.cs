using OdmNode.Native.Interop;

namespace OdmNode.Native.Kernels;

/// <summary>What the header of a JPEG file declares.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="IsGrey">The file holds no colour.</param>
public readonly record struct JpegHeader(int Width, int Height, bool IsGrey);

/// <summary>How decoding a JPEG ended.</summary>
public enum JpegOutcome
{
    Decoded,

    /// <summary>The bytes are no JPEG, are damaged, or end early.</summary>
    Damaged,

    /// <summary>A form of JPEG that the native decoder leaves to others (four-component colour).</summary>
    Unsupported,
}

/// <summary>JPEG through libjpeg-turbo.</summary>
public static unsafe class JpegDecoder
{
    /// <summary>False when the bytes are no JPEG or end within the header.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> file, out JpegHeader header)
    {
        header = default;
        if (file.IsEmpty)
        {
            return false;
        }

        NativeLibraryHost.EnsureLoaded();
        JpegNative.Header found;
        fixed (byte* bytes = file)
        {
            NativeStatus status = JpegNative.ReadHeader(bytes, file.Length, &found);
            if (status == NativeStatus.CorruptData)
            {
                return false;
            }

            NativeLibraryHost.ThrowIfFailed(status, "Reading a JPEG header");
        }

        header = new JpegHeader(found.Width, found.Height, found.IsGrey != 0);
        return true;
    }

    /// <summary>Decodes to interleaved samples without padding.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="denominator">1, 2, 4 or 8: sizes divide by it and round up; scaling happens in the frequency domain.</param>
    /// <param name="channels">1 (grey) or 3 (red, green, blue).</param>
    /// <param name="pixels">Room for the samples.</param>
    public static JpegOutcome Decode(ReadOnlySpan<byte> file, int denominator, int channels, Span<byte> pixels)
    {
        NativeLibraryHost.EnsureLoaded();
        fixed (byte* bytes = file)
        fixed (byte* samples = pixels)
        {
            NativeStatus status = JpegNative.Decode(bytes, file.Length, denominator, channels, samples, pixels.Length);
            switch (status)
            {
                case NativeStatus.CorruptData:
                    return JpegOutcome.Damaged;
                case NativeStatus.Unsupported:
                    return JpegOutcome.Unsupported;
                default:
                    NativeLibraryHost.ThrowIfFailed(status, "Decoding a JPEG");
                    return JpegOutcome.Decoded;
            }
        }
    }
}
