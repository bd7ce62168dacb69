using System.Text;

namespace OdmNode.Api.Http;

/// <summary>A header of the form <c>value; key=text; key="quoted text"</c>, read as forgiving as browsers and libraries write it.</summary>
/// <param name="Value">What stands before the first semicolon.</param>
/// <param name="Parameters">Keys without regard to case; of several equal ones the first. A key without a value is left out.</param>
internal sealed record HeaderParameters(string Value, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Reads the header; never fails, whatever the text.</summary>
    public static HeaderParameters Parse(string? header)
    {
        var text = header ?? string.Empty;
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var position = Find(text, 0, ';');
        var main = text[..position].Trim();
        while (position < text.Length)
        {
            var start = position + 1;
            var stop = Find(text, start, '=', ';');
            if (stop == text.Length || text[stop] == ';')
            {
                position = stop;
                continue;
            }

            var (value, end) = ReadValue(text, stop + 1);
            parameters.TryAdd(text[start..stop].Trim(), value);
            position = Find(text, end, ';');
        }

        return new HeaderParameters(main, parameters);
    }

    private static (string Value, int End) ReadValue(string text, int start)
    {
        while (start < text.Length && text[start] is ' ' or '\t')
        {
            start++;
        }

        if (start >= text.Length || text[start] != '"')
        {
            var end = Find(text, start, ';');
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

    private static int Find(string text, int start, params ReadOnlySpan<char> separators)
    {
        var index = start >= text.Length ? -1 : text.AsSpan(start).IndexOfAny(separators);
        return index < 0 ? text.Length : start + index;
    }
}
