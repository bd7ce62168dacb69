using System.Buffers.Binary;

namespace OdmNode.Core.Archives;

/// <summary>Counts the entries of an archive without holding them in memory, as opening it would do with every one of them.</summary>
/// <remarks>APPNOTE.TXT, sections 4.3.12 (central directory) and 4.3.14 to 4.3.16 (its end, in both sizes).</remarks>
internal static class CentralDirectory
{
    private const uint EntrySignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const uint LargeEndSignature = 0x06064b50;
    private const uint LargeLocatorSignature = 0x07064b50;
    private const int EntrySize = 46;
    private const int EndSize = 22;
    private const int LargeEndSize = 56;
    private const int LargeLocatorSize = 20;
    private const int MaxComment = ushort.MaxValue;

    /// <param name="file">The archive, buffered; its position is moved.</param>
    /// <param name="most">Where counting stops.</param>
    /// <returns>The number of entries, at most one more than <paramref name="most"/>.</returns>
    /// <exception cref="InvalidDataException">There is no directory.</exception>
    public static int CountEntries(Stream file, int most)
    {
        file.Position = FindFirstEntry(file);
        Span<byte> header = stackalloc byte[EntrySize];
        var count = 0;
        while (count <= most
            && file.ReadAtLeast(header, EntrySize, throwOnEndOfStream: false) == EntrySize
            && BinaryPrimitives.ReadUInt32LittleEndian(header) == EntrySignature)
        {
            count++;
            file.Seek(Short(header, 28) + Short(header, 30) + Short(header, 32), SeekOrigin.Current);
        }

        return count;
    }

    private static long FindFirstEntry(Stream file)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndSize + MaxComment)];
        var tailStart = file.Length - tail.Length;
        ReadAt(file, tailStart, tail);
        for (var i = tail.Length - EndSize; i >= 0; i--)
        {
            var end = tail.AsSpan(i);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == EndSignature)
            {
                var offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
                var isLarge = offset == uint.MaxValue || Short(end, 4) == ushort.MaxValue || Short(end, 10) == ushort.MaxValue;
                return Within(file, (isLarge ? FindLarge(file, tailStart + i) : null) ?? offset);
            }
        }

        throw new InvalidDataException("The file is no zip archive, or its end is missing.");
    }

    /// <returns>The offset that a ZIP64 record gives; null when there is no such record.</returns>
    private static long? FindLarge(Stream file, long end)
    {
        var locator = new byte[LargeLocatorSize];
        if (end < LargeLocatorSize)
        {
            return null;
        }

        ReadAt(file, end - LargeLocatorSize, locator);
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != LargeLocatorSignature)
        {
            return null;
        }

        var record = new byte[LargeEndSize];
        ReadAt(file, Within(file, BinaryPrimitives.ReadInt64LittleEndian(locator.AsSpan(8))), record);
        return BinaryPrimitives.ReadUInt32LittleEndian(record) == LargeEndSignature
            ? BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48))
            : throw new InvalidDataException("The archive is damaged: its ZIP64 record is missing.");
    }

    private static long Within(Stream file, long offset) => offset >= 0 && offset <= file.Length
        ? offset
        : throw new InvalidDataException("The archive is damaged: its directory lies outside the file.");

    private static void ReadAt(Stream file, long offset, byte[] buffer)
    {
        file.Position = offset;
        file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    private static int Short(ReadOnlySpan<byte> header, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(header[offset..]);
}
