using System.IO.Hashing;
using System.Text;

namespace OdmNode.Pipeline.Checkpoints;

/// <summary>What is on the disk in the place of a delivered file or folder.</summary>
/// <param name="Length">Bytes in all.</param>
/// <param name="ModifiedTicks">Latest change, UTC ticks.</param>
internal readonly record struct ArtefactState(long Length, long ModifiedTicks)
{
    /// <returns>Null when there is nothing.</returns>
    public static ArtefactState? Of(string path, bool isFolder)
    {
        if (isFolder ? !Directory.Exists(path) : !File.Exists(path))
        {
            return null;
        }

        long length = 0;
        long modified = 0;
        foreach (string file in isFolder ? FilesOf(path) : [path])
        {
            var info = new FileInfo(file);
            length += info.Length;
            modified = Math.Max(modified, info.LastWriteTimeUtc.Ticks);
        }

        return new ArtefactState(length, modified);
    }

    /// <summary>Of the content of a file, or of the names and contents of all files of a folder.</summary>
    public static string HashOf(string path, bool isFolder)
    {
        var hash = new XxHash128();
        if (!isFolder)
        {
            Append(hash, path);
        }
        else
        {
            foreach (string file in FilesOf(path))
            {
                hash.Append(Encoding.UTF8.GetBytes(Path.GetRelativePath(path, file) + "\0"));
                Append(hash, file);
            }
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>All files of a folder and the folders in it, in ordinal order.</summary>
    public static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static void Append(XxHash128 hash, string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        hash.Append(stream);
    }
}
