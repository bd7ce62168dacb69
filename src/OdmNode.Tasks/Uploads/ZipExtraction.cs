using OdmNode.Core.Archives;

namespace OdmNode.Tasks.Uploads;

/// <summary>Unpacks the two kinds of archives that a task may begin with.</summary>
internal static class ZipExtraction
{
    /// <summary>A client's archive of earlier results: unpacked with its folders into the task's folder.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, too large or hostile.</exception>
    public static void ExtractSeed(string archivePath, string taskFolder, ArchiveLimits limits, CancellationToken cancellationToken) =>
        Extract(archivePath, taskFolder, limits, SeedPlace, cancellationToken);

    /// <summary>A client's archive of photos: unpacked without its folders, later files over earlier ones of the same name.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, too large or hostile.</exception>
    public static void ExtractFlat(string archivePath, string images, ArchiveLimits limits, CancellationToken cancellationToken) =>
        Extract(archivePath, images, limits, FlatPlace, cancellationToken);

    private static void Extract(
        string archivePath, string target, ArchiveLimits limits, Func<string, string?> place, CancellationToken cancellationToken)
    {
        try
        {
            SafeArchive.Extract(archivePath, target, limits, place, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException)
        {
            throw new InvalidDataException($"Could not extract .zip file, {Path.GetFileName(archivePath)}: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Leaves out archives among the photos, which would be deleted unread and could take the place of the one being read, and
    /// the console, which is the node's own.
    /// </summary>
    private static string? SeedPlace(string entry)
    {
        string[] parts = [.. entry.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".")];
        var isArchiveAmongPhotos = parts is ["images", _] && IsArchive(parts[1]);
        var isConsole = parts is ["console.log" or "console.log.idx", ..];
        return isArchiveAmongPhotos || isConsole ? null : entry;
    }

    /// <summary>Leaves out what a Macintosh adds to archives, and archives for the reason above.</summary>
    private static string? FlatPlace(string entry)
    {
        var name = UploadNames.Clean(entry);
        var isResourceFork = entry.Split('/', '\\').Contains("__MACOSX") || name?.StartsWith("._", StringComparison.Ordinal) == true;
        return isResourceFork || (name is not null && IsArchive(name)) ? null : name;
    }

    private static bool IsArchive(string name) => name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
