using System.Buffers.Binary;
using System.Text;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary>Reads the central directory of a ZIP archive as PKWARE's APPNOTE describes it, independently of the library that wrote it.</summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const uint Zip64EndSignature = 0x06064b50;
    private const uint Zip64LocatorSignature = 0x07064b50;
    private const uint EntrySignature = 0x02014b50;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int EntryLength = 46;

    /// <param name="path">An archive without comment.</param>
    /// <param name="isZip64">True when the number of entries stands in a ZIP64 record.</param>
    public static List<ZipDirectoryEntry> Read(string path, out bool isZip64)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        var end = bytes[^EndLength..];
        Assert.Equal(EndSignature, BinaryPrimitives.ReadUInt32LittleEndian(end));
        long count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        isZip64 = count == ushort.MaxValue || start == uint.MaxValue;
        if (isZip64)
        {
            var locator = bytes[^(EndLength + LocatorLength)..];
            Assert.Equal(Zip64LocatorSignature, BinaryPrimitives.ReadUInt32LittleEndian(locator));
            var record = bytes[(int)BinaryPrimitives.ReadInt64LittleEndian(locator[8..])..];
            Assert.Equal(Zip64EndSignature, BinaryPrimitives.ReadUInt32LittleEndian(record));
            count = BinaryPrimitives.ReadInt64LittleEndian(record[32..]);
            start = BinaryPrimitives.ReadInt64LittleEndian(record[48..]);
        }

        var entries = new List<ZipDirectoryEntry>();
        for (var rest = bytes[(int)start..]; entries.Count < count;)
        {
            Assert.Equal(EntrySignature, BinaryPrimitives.ReadUInt32LittleEndian(rest));
            var flags = BinaryPrimitives.ReadUInt16LittleEndian(rest[8..]);
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
            entries.Add(new ZipDirectoryEntry(
                Encoding.UTF8.GetString(rest.Slice(EntryLength, nameLength)),
                BinaryPrimitives.ReadUInt16LittleEndian(rest[10..]),
                IsEncrypted: (flags & 1) != 0,
                IsUtf8: (flags & 0x800) != 0));
            rest = rest[(EntryLength + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]))..];
        }

        return entries;
    }
}

/// <summary>One entry of the directory.</summary>
/// <param name="Name">With forward slashes.</param>
/// <param name="Method">0 for stored, 8 for deflated.</param>
/// <param name="IsEncrypted">Whether a password is needed.</param>
/// <param name="IsUtf8">Whether the name is marked as UTF-8.</param>
internal sealed record ZipDirectoryEntry(string Name, int Method, bool IsEncrypted, bool IsUtf8);
