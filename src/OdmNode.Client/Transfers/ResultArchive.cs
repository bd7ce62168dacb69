using System.IO.Compression;

namespace OdmNode.Client.Transfers;

/// <summary>Unpacks a downloaded <c>all.zip</c>.</summary>
public static class ResultArchive
{
    /// <summary>Unpacks with folders, overwriting; no entry leaves the target.</summary>
    /// <returns>The files written, absolute, in the archive's order.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged, or names a place outside the target.</exception>
    public static IReadOnlyList<string> Extract(string archivePath, string target, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(target) + Path.DirectorySeparatorChar;
        Directory.CreateDirectory(root);
        using var archive = ZipFile.OpenRead(archivePath);
        var files = new List<string>();
        foreach (var entry in archive.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.GetFullPath(Path.Combine(root, entry.FullName.Replace('\\', '/')));
            if (!path.StartsWith(root, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"The archive holds an entry outside its folder: {entry.FullName}");
            }

            if (entry.FullName.EndsWith('/'))
            {
                Directory.CreateDirectory(path);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path, overwrite: true);
            files.Add(path);
        }

        return files;
    }
}
