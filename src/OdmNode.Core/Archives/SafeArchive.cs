using System.IO.Compression;

namespace OdmNode.Core.Archives;

/// <summary>Unpacks zip archives that came from outside: names, sizes and checksums in them are not trusted.</summary>
public static class SafeArchive
{
    private const int BlockSize = 128 * 1024;

    /// <summary>Unpacks with folders, overwriting; links and devices are left out.</summary>
    /// <inheritdoc cref="Extract(string, string, ArchiveLimits, Func{string, string}, CancellationToken)"/>
    public static IReadOnlyCollection<string> Extract(
        string archivePath, string target, ArchiveLimits limits, CancellationToken cancellationToken) =>
        Extract(archivePath, target, limits, path => path, cancellationToken);

    /// <summary>Unpacks every entry to the place that the caller chooses, later entries over earlier ones; links and devices are left out.</summary>
    /// <param name="archivePath">The archive.</param>
    /// <param name="target">The folder, made when absent; nothing outside it is written. What was unpacked before a failure stays.</param>
    /// <param name="limits">How much may come out.</param>
    /// <param name="place">From an entry's path to the path below the target, both with slashes; null leaves the entry out.</param>
    /// <param name="cancellationToken">Asked between blocks.</param>
    /// <returns>The files written, absolute, each once.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged, encrypted, too large, or names a place outside the target.</exception>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static IReadOnlyCollection<string> Extract(
        string archivePath, string target, ArchiveLimits limits, Func<string, string?> place, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(place);
        using var file = new FileStream(archivePath, FileMode.Open, FileAccess.Read, FileShare.Read, BlockSize);
        using var archive = ArchiveDamage.Guard(() => Open(file, limits.MaxEntries));
        var announced = new UnpackBudget(limits, file.Length);
        var plan = new List<PlannedEntry>();
        foreach (var entry in ArchiveDamage.Guard(() => archive.Entries))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (PlannedEntry.Plan(entry, place) is { } planned)
            {
                announced.Spend(entry.Length);
                plan.Add(planned);
            }
        }

        return Write(plan, new TargetFolder(target, limits.MaxEntries), new UnpackBudget(limits, file.Length), cancellationToken);
    }

    private static ZipArchive Open(FileStream file, int maxEntries)
    {
        if (CentralDirectory.CountEntries(file, maxEntries) > maxEntries)
        {
            throw new InvalidDataException($"The archive holds more than {maxEntries} entries.");
        }

        return new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
    }

    private static IReadOnlyCollection<string> Write(
        List<PlannedEntry> plan, TargetFolder target, UnpackBudget budget, CancellationToken cancellationToken)
    {
        var block = new byte[BlockSize];
        foreach (var planned in plan)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (planned.IsFolder)
            {
                target.MakeFolder(planned.Parts);
                continue;
            }

            var file = target.MakeFile(planned.Parts);
            var isWhole = false;
            try
            {
                using (file)
                {
                    Copy(planned.Entry, file, block, budget, cancellationToken);
                }

                File.SetLastWriteTimeUtc(file.Name, planned.Entry.LastWriteTime.UtcDateTime);
                isWhole = true;
            }
            finally
            {
                if (!isWhole)
                {
                    File.Delete(file.Name);
                }
            }
        }

        return target.Files;
    }

    /// <summary>Copies one entry and compares length and checksum, which the framework leaves to its caller.</summary>
    private static void Copy(ZipArchiveEntry entry, FileStream file, byte[] block, UnpackBudget budget, CancellationToken cancellationToken)
    {
        using var content = ArchiveDamage.Guard(entry.Open);
        var crc = 0u;
        var length = 0L;
        for (int read; (read = ArchiveDamage.Guard(() => content.Read(block))) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            budget.Spend(read);
            length += read;
            crc = Crc32.Append(crc, block.AsSpan(0, read));
            file.Write(block.AsSpan(0, read));
        }

        if (length != entry.Length || crc != entry.Crc32)
        {
            var name = EntryPath.Show(entry.FullName);
            throw new InvalidDataException($"The archive is damaged: {name} has not the length or the checksum that it should have.");
        }
    }
}
