using System.IO.Compression;

namespace OdmNode.Engine.Assets;

/// <summary>Packs what clients download as one file: stored, for rasters and pictures are compressed already.</summary>
public static class ArchivePacker
{
    /// <param name="projectFolder">Absolute path.</param>
    /// <param name="entries">Files, and folders that end in a slash, relative to the project; missing ones are left out.</param>
    /// <param name="archive">File to write.</param>
    /// <param name="cancellationToken">Asked between blocks of a file.</param>
    public static void Pack(string projectFolder, IReadOnlyList<string> entries, string archive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        using FileStream file = File.Create(archive);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (string entry in entries)
        {
            string path = Path.Combine(projectFolder, entry.TrimEnd('/'));
            if (entry.EndsWith('/'))
            {
                AddFolder(zip, projectFolder, path, cancellationToken);
            }
            else if (File.Exists(path))
            {
                AddFile(zip, projectFolder, path, cancellationToken);
            }
        }
    }

    private static void AddFolder(ZipArchive zip, string projectFolder, string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!Path.GetFileName(path).StartsWith(".partial-", StringComparison.Ordinal))
            {
                AddFile(zip, projectFolder, path, cancellationToken);
            }
        }
    }

    private static void AddFile(ZipArchive zip, string projectFolder, string path, CancellationToken cancellationToken)
    {
        string name = Path.GetRelativePath(projectFolder, path).Replace(Path.DirectorySeparatorChar, '/');
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = File.GetLastWriteTimeUtc(path);
        using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        using Stream target = entry.Open();
        var buffer = new byte[1 << 20];
        for (int read = source.Read(buffer); read > 0; read = source.Read(buffer))
        {
            cancellationToken.ThrowIfCancellationRequested();
            target.Write(buffer, 0, read);
        }
    }
}
