using System.Buffers.Binary;

namespace OdmNode.Hosting.Photos;

/// <summary>The segments before the picture of a JPEG file (ITU-T T.81, annex B) that say something about it.</summary>
internal static class JpegMetadata
{
    private const int StartLength = 2;
    private const int HeaderLength = 4;
    private const byte Comment = 0xFE;
    private const byte FirstApplication = 0xE0;
    private const byte LastApplication = 0xEF;

    /// <summary>How Adobe's encoder laid the colours of one picture out: not to be said of another.</summary>
    private const byte Adobe = 0xEE;

    /// <summary>Start of scan: what follows is the picture.</summary>
    private const byte Scan = 0xDA;

    /// <summary>The picture of one file with the metadata of another: EXIF, XMP, colour profile, the maker's segments, comments.</summary>
    /// <param name="from">Gives the metadata.</param>
    /// <param name="picture">Gives the picture; its own file header stays.</param>
    public static byte[] Transfer(ReadOnlySpan<byte> from, ReadOnlySpan<byte> picture)
    {
        using var result = new MemoryStream(from.Length);
        result.Write(picture[..StartLength]);
        foreach (var (start, length) in Segments(from))
        {
            if (IsMetadata(from.Slice(start, length)))
            {
                result.Write(from.Slice(start, length));
            }
        }

        result.Write(picture[StartLength..]);
        return result.ToArray();
    }

    private static bool IsMetadata(ReadOnlySpan<byte> segment) =>
        segment[1] is Comment or (> FirstApplication and <= LastApplication and not Adobe)

        // A list of further pictures at places of the old file.
        && !segment[HeaderLength..].StartsWith("MPF\0"u8);

    /// <summary>Where the segments before the picture lie; damage ends the list.</summary>
    private static List<(int Start, int Length)> Segments(ReadOnlySpan<byte> file)
    {
        var segments = new List<(int, int)>();
        for (var start = StartLength; start + HeaderLength <= file.Length && file[start] == 0xFF && file[start + 1] != Scan;)
        {
            if (file[start + 1] == 0xFF)
            {
                // A byte of filling.
                start++;
                continue;
            }

            var length = 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(start + 2)..]);
            if (length < HeaderLength || start + length > file.Length)
            {
                break;
            }

            segments.Add((start, length));
            start += length;
        }

        return segments;
    }
}
