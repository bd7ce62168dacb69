using System.Text;

namespace OdmNode.Core.Archives;

/// <summary>The names of entries, which are treated as hostile.</summary>
internal static class EntryPath
{
    private const int MaxDepth = 64;
    private const int MaxNameBytes = 255;
    private const int MaxPathBytes = 2048;
    private const int MaxShown = 120;

    /// <summary>The folders and the name that a path is made of; both slashes separate, <c>.</c> means nothing.</summary>
    /// <exception cref="InvalidDataException">The path leaves its folder or cannot be stored.</exception>
    public static string[] Split(string path)
    {
        var unified = path.Replace('\\', '/');
        string[] parts = [.. unified.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".")];
        if (unified.StartsWith('/') || parts.Contains(".."))
        {
            throw new InvalidDataException($"The archive holds an entry outside its folder: {Show(path)}");
        }

        var isStorable = parts.Length <= MaxDepth
            && Encoding.UTF8.GetByteCount(path) <= MaxPathBytes
            && parts.All(part => Encoding.UTF8.GetByteCount(part) <= MaxNameBytes);
        return isStorable ? parts : throw new InvalidDataException($"The archive holds an entry whose name is too long: {Show(path)}");
    }

    /// <summary>True for an entry that is a folder.</summary>
    public static bool IsFolder(string path) => path.EndsWith('/') || path.EndsWith('\\');

    /// <summary>A name as it may stand in a message.</summary>
    public static string Show(string path)
    {
        var shown = path.Length <= MaxShown ? path : path[..MaxShown] + "…";
        return string.Concat(shown.Select(letter => char.IsControl(letter) ? '?' : letter));
    }
}
