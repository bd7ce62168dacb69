using System.IO.Compression;

namespace OdmNode.Tasks.Packing;

/// <summary>Writes <c>all.zip</c>: streamed, under a temporary name, renamed when it is whole.</summary>
public static class ArchiveWriter
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Formats that hold compressed data already: packing them again costs time and wins nothing.</summary>
    private static readonly HashSet<string> Compressed = new(StringComparer.OrdinalIgnoreCase)
    {
        ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".webp", ".laz", ".kmz", ".mbtiles", ".zip", ".glb", ".b3dm", ".pdf", ".bin",
    };

    /// <summary>Packs the files; an archive of an earlier run is replaced in one step.</summary>
    /// <exception cref="IOException">A file cannot be read, or the disk is full; nothing is left behind.</exception>
    public static void Write(string archivePath, IReadOnlyList<(string Path, string Name)> files, CancellationToken cancellationToken)
    {
        var partial = archivePath + ".partial";
        try
        {
            using (var target = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, BufferSize))
            {
                using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
                {
                    var buffer = new byte[BufferSize];
                    foreach (var (path, name) in files)
                    {
                        Add(archive, path, name, buffer, cancellationToken);
                    }
                }

                target.Flush(flushToDisk: true);
            }

            File.Move(partial, archivePath, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Add(ZipArchive archive, string path, string name, byte[] buffer, CancellationToken cancellationToken)
    {
        using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var level = Compressed.Contains(Path.GetExtension(name)) ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
        var entry = archive.CreateEntry(name, level);
        entry.LastWriteTime = File.GetLastWriteTimeUtc(path);
        using var sink = entry.Open();
        for (int read; (read = source.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sink.Write(buffer.AsSpan(0, read));
        }
    }
}
