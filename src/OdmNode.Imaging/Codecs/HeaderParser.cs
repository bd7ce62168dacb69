using System.Buffers.Binary;

namespace OdmNode.Imaging.Codecs;

/// <summary>Finds the format and the size of PNG, TIFF and BMP files from their first bytes.</summary>
internal static class HeaderParser
{
    private const int TiffImageWidth = 0x100;
    private const int TiffImageLength = 0x101;
    private const int TiffShort = 3;
    private const int TiffLong = 4;

    /// <summary>The format by signature; null for anything else.</summary>
    public static PhotoFormat? Identify(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return PhotoFormat.Jpeg;
        }

        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return PhotoFormat.Png;
        }

        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8))
        {
            return PhotoFormat.Tiff;
        }

        return file.StartsWith("BM"u8) ? PhotoFormat.Bmp : null;
    }

    /// <summary>The declared size of a PNG, TIFF or BMP; null when the header is damaged.</summary>
    public static (long Width, long Height)? Size(PhotoFormat format, ReadOnlySpan<byte> file) => format switch
    {
        PhotoFormat.Png => PngSize(file),
        PhotoFormat.Tiff => TiffSize(file),
        PhotoFormat.Bmp => BmpSize(file),
        _ => null,
    };

    // Signature (8), length (4), "IHDR", width (4), height (4), big-endian.
    private static (long Width, long Height)? PngSize(ReadOnlySpan<byte> file) =>
        file.Length < 24 || !file.Slice(12, 4).SequenceEqual("IHDR"u8)
            ? null
            : (BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]));

    // BITMAPINFOHEADER at 14; a negative height says that rows run from the top.
    private static (long Width, long Height)? BmpSize(ReadOnlySpan<byte> file) =>
        file.Length < 26
            ? null
            : (BinaryPrimitives.ReadInt32LittleEndian(file[18..]), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..])));

    private static (long Width, long Height)? TiffSize(ReadOnlySpan<byte> file)
    {
        if (file.Length < 8)
        {
            return null;
        }

        bool little = file[0] == (byte)'I';
        uint directory = Read32(file[4..], little);
        if (directory > file.Length - 2)
        {
            return null;
        }

        int entries = Read16(file[(int)directory..], little);
        (long width, long height) = (0, 0);
        for (int i = 0; i < entries; i++)
        {
            // Tag (2), type (2), count (4), value (4).
            long offset = directory + 2 + (12L * i);
            if (offset + 12 > file.Length)
            {
                return null;
            }

            ReadOnlySpan<byte> entry = file.Slice((int)offset, 12);
            int type = Read16(entry[2..], little);
            long value = type switch
            {
                TiffShort => Read16(entry[8..], little),
                TiffLong => Read32(entry[8..], little),
                _ => 0,
            };
            switch (Read16(entry, little))
            {
                case TiffImageWidth:
                    width = value;
                    break;
                case TiffImageLength:
                    height = value;
                    break;
            }
        }

        return (width, height);
    }

    private static ushort Read16(ReadOnlySpan<byte> bytes, bool little) => little
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Read32(ReadOnlySpan<byte> bytes, bool little) => little
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
