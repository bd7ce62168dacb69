using System.Text;

namespace OdmNode.WebOdm.Files;

/// <summary>Under which name a browser stores a download.</summary>
public static class AssetFileName
{
    /// <summary>The task's name cleaned, <c>-</c>, the asset's name; the asset's name alone where nothing is left of the task's.</summary>
    public static string Of(string taskName, string asset)
    {
        var cleaned = new StringBuilder();
        foreach (var letter in taskName)
        {
            var kept = char.IsWhiteSpace(letter) || letter == '/' ? '-' : letter;
            if ((char.IsAsciiLetterOrDigit(kept) || kept is '-' or '_') && !(kept == '-' && cleaned.Length > 0 && cleaned[^1] == '-'))
            {
                cleaned.Append(kept);
            }
        }

        return cleaned.Length == 0 ? asset : $"{cleaned}{(cleaned[^1] == '-' ? string.Empty : "-")}{asset}";
    }

    /// <summary>A name that the client chose, without what could break the header or leave a folder.</summary>
    /// <returns>Null when nothing is left.</returns>
    public static string? Clean(string given)
    {
        var name = new string([.. given.Where(letter => letter is >= ' ' and < (char)127 and not ('"' or '\'' or '/' or '\\' or ';'))]).Trim();
        return name.Length == 0 ? null : name;
    }
}
