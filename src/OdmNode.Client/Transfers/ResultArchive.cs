using OdmNode.Core.Archives;

namespace OdmNode.Client.Transfers;

/// <summary>Unpacks a downloaded <c>all.zip</c>.</summary>
public static class ResultArchive
{
    /// <summary>Map tiles make millions of small files, and empty ones of them shrink to almost nothing.</summary>
    private const int MaxEntries = 10_000_000;

    /// <summary>Unpacks with folders, overwriting; no entry leaves the target, and no more comes out than the disk has room for.</summary>
    /// <returns>The files written, absolute, in the archive's order.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged, names a place outside the target, or does not fit on the disk.</exception>
    public static IReadOnlyList<string> Extract(string archivePath, string target, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(target);
        var limits = new ArchiveLimits
        {
            MaxBytes = new DriveInfo(Path.GetFullPath(target)).AvailableFreeSpace, MaxEntries = MaxEntries, MaxRatio = int.MaxValue,
        };
        return [.. SafeArchive.Extract(archivePath, target, limits, cancellationToken)];
    }
}
