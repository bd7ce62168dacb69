using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace OdmNode.Tasks.Storage;

/// <summary>Failures of the disk in words for clients, without paths of this machine.</summary>
public static partial class StorageErrors
{
    private const int NoSpaceErrno = 28;
    private const int SqliteFull = 13;

    /// <summary>True for a full disk, whoever noticed it.</summary>
    public static bool IsDiskFull(Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull,
        IOException io => io.HResult == NoSpaceErrno,
        _ => false,
    };

    /// <summary>The sentence for a client.</summary>
    public static string Describe(Exception exception) =>
        IsDiskFull(exception)
            ? "The disk of the node is full (no space left on device)."
            : FolderPattern().Replace(exception.Message, string.Empty);

    /// <summary>The folders of an absolute path in quotes, up to its last component.</summary>
    [GeneratedRegex(@"(?<=')/[^']*/(?=[^'/]+')")]
    private static partial Regex FolderPattern();
}
