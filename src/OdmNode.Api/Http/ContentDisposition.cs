using System.Text;

namespace OdmNode.Api.Http;

/// <summary>The parameters of a part's <c>Content-Disposition</c>, read as forgiving as browsers write them.</summary>
/// <param name="Name">The field's name; empty when absent.</param>
/// <param name="FileName">The file's name, possibly empty; null for a text field.</param>
internal sealed record ContentDisposition(string Name, string? FileName)
{
    /// <summary>Reads the header. <c>filename*</c> (RFC 5987) wins over <c>filename</c>.</summary>
    public static ContentDisposition Parse(string? header)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var text = header ?? string.Empty;
        var position = SkipTo(text, 0, ';');
        while (position < text.Length)
        {
            var equals = text.IndexOf('=', position);
            if (equals < 0)
            {
                break;
            }

            var key = text[(position + 1)..equals].Trim();
            var (value, end) = ReadValue(text, equals + 1);
            parameters.TryAdd(key, value);
            position = SkipTo(text, end, ';');
        }

        var fileName = parameters.TryGetValue("filename*", out var extended) && DecodeExtended(extended) is { } decoded
            ? decoded
            : parameters.GetValueOrDefault("filename");
        return new ContentDisposition(parameters.GetValueOrDefault("name", string.Empty), fileName);
    }

    private static (string Value, int End) ReadValue(string text, int start)
    {
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        if (start >= text.Length || text[start] != '"')
        {
            var end = SkipTo(text, start, ';');
            return (text[start..end].Trim(), end);
        }

        // Within quotes only an escaped quote is unescaped: backslashes of Windows paths must stay.
        var value = new StringBuilder();
        var i = start + 1;
        for (; i < text.Length && text[i] != '"'; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '"')
            {
                i++;
            }

            value.Append(text[i]);
        }

        return (value.ToString(), Math.Min(i + 1, text.Length));
    }

    private static string? DecodeExtended(string value)
    {
        var parts = value.Split('\'', 3);
        return parts.Length == 3 && parts[0].Equals("UTF-8", StringComparison.OrdinalIgnoreCase)
            ? Uri.UnescapeDataString(parts[2])
            : null;
    }

    private static int SkipTo(string text, int start, char separator)
    {
        var index = start >= text.Length ? -1 : text.IndexOf(separator, start);
        return index < 0 ? text.Length : index;
    }
}
