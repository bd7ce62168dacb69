using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace OdmNode.UnitTests.Core.Archives;

/// <summary>Makes archives, honest ones and others.</summary>
internal static class ArchiveFixture
{
    /// <summary>When every entry was changed: archives keep a local time in steps of two seconds.</summary>
    public static readonly DateTime Time = new(2024, 5, 6, 7, 8, 10, DateTimeKind.Local);

    private const int UnixShift = 16;

    /// <summary>An archive of deflated entries in the given order; equal names stay apart.</summary>
    public static byte[] Zip(params (string Name, byte[] Content)[] entries) => Zip(CompressionLevel.Fastest, entries);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                var entry = archive.CreateEntry(name, level);
                entry.LastWriteTime = new DateTimeOffset(Time);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }

        return zip.ToArray();
    }

    /// <summary>Entries whose content is their own name.</summary>
    public static byte[] Named(params string[] names) => Zip([.. names.Select(name => (name, Encoding.UTF8.GetBytes(name)))]);

    /// <summary>One entry with a mode of Unix, for instance a link with its target as content.</summary>
    public static byte[] WithMode(string name, int mode, string content)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = archive.CreateEntry(name);
            entry.ExternalAttributes = mode << UnixShift;
            using var stream = entry.Open();
            stream.Write(Encoding.UTF8.GetBytes(content));
        }

        return zip.ToArray();
    }

    /// <summary>Sets the uncompressed size in the header of the first entry in the directory, which is the one that readers go by.</summary>
    public static byte[] Announcing(byte[] zip, int size)
    {
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(Directory(zip) + 24), size);
        return zip;
    }

    /// <summary>Says that the first entry is encrypted.</summary>
    public static byte[] Encrypted(byte[] zip)
    {
        zip[6] |= 1;
        zip[Directory(zip) + 8] |= 1;
        return zip;
    }

    private static int Directory(byte[] zip) => zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
}
