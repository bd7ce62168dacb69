namespace OdmNode.WebOdm.Files;

/// <summary>Finds a file below a folder by a path that a client gave.</summary>
public static class RawAssets
{
    /// <summary>The file, when the path leads to one without leaving the folder or following a link.</summary>
    /// <param name="folder">The folder; absolute.</param>
    /// <param name="path">As given, separated by slashes; one at the end does no harm.</param>
    /// <returns>Null for everything else.</returns>
    public static string? Find(string folder, string path)
    {
        var parts = path.TrimEnd('/').Split('/');
        if (!Array.TrueForAll(parts, IsName))
        {
            return null;
        }

        var current = folder;
        foreach (var part in parts)
        {
            current = Path.Combine(current, part);

            // Of what is not there, or not there any more, every flag is set.
            if (new FileInfo(current).Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                return null;
            }
        }

        return File.Exists(current) ? current : null;
    }

    private static bool IsName(string part) =>
        part.Length is > 0 and <= 255 && part is not ("." or "..") && !part.Any(letter => letter is '\\' || char.IsControl(letter));
}
