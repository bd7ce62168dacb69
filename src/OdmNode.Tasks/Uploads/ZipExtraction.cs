using System.IO.Compression;

namespace OdmNode.Tasks.Uploads;

/// <summary>Unpacks an archive that came from outside.</summary>
internal static class ZipExtraction
{
    /// <summary>Unpacks with folders, overwriting; no entry leaves the target.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, or an entry names a place outside the target.</exception>
    public static void Extract(string archivePath, string target)
    {
        var root = Path.GetFullPath(target) + Path.DirectorySeparatorChar;
        using var archive = ZipFile.OpenRead(archivePath);
        foreach (var entry in archive.Entries)
        {
            var path = Path.GetFullPath(Path.Combine(root, entry.FullName.Replace('\\', '/')));
            if (!path.StartsWith(root, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"The archive {Path.GetFileName(archivePath)} holds an entry outside its folder: {entry.FullName}");
            }

            if (entry.FullName.EndsWith('/'))
            {
                Directory.CreateDirectory(path);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path, overwrite: true);
        }
    }
}
