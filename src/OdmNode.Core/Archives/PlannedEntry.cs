using System.IO.Compression;

namespace OdmNode.Core.Archives;

/// <summary>An entry and where it goes.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Parts">Folders and name below the target; never empty.</param>
internal sealed record PlannedEntry(ZipArchiveEntry Entry, string[] Parts)
{
    private const int UnixTypeMask = 0xF000;
    private const int UnixFile = 0x8000;
    private const int UnixFolder = 0x4000;

    public bool IsFolder => EntryPath.IsFolder(Entry.FullName);

    /// <returns>Null for an entry that is left out: links, devices, and what the caller does not want.</returns>
    /// <exception cref="InvalidDataException">The entry is encrypted, or its name leads outside or cannot be stored.</exception>
    public static PlannedEntry? Plan(ZipArchiveEntry entry, Func<string, string?> place)
    {
        var shown = EntryPath.Show(entry.FullName);
        if (entry.FullName.Any(char.IsControl))
        {
            throw new InvalidDataException($"The archive holds an entry with control characters in its name: {shown}");
        }

        if (IsSpecial(entry) || place(entry.FullName) is not { } path)
        {
            return null;
        }

        if (entry.IsEncrypted)
        {
            throw new InvalidDataException($"The archive is encrypted: {shown}");
        }

        var parts = EntryPath.Split(path);
        return parts.Length > 0 ? new PlannedEntry(entry, parts) : null;
    }

    /// <summary>The upper half of the attributes is the file's mode on Unix, and zero in archives from elsewhere.</summary>
    private static bool IsSpecial(ZipArchiveEntry entry) =>
        ((entry.ExternalAttributes >> 16) & UnixTypeMask) is not (0 or UnixFile or UnixFolder);
}
