using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OdmNode.Core.Options;

/// <summary>JSON text that came from a client.</summary>
public static class ForeignJson
{
    private const int EscapeLength = 6;
    private const string Replacement = "\\ufffd";

    /// <summary>Reads one JSON value. Half a surrogate pair, which JavaScript lets pass and no UTF-8 text can hold, becomes U+FFFD.</summary>
    /// <exception cref="JsonException">The text is no JSON, or is nested deeper than 64 levels.</exception>
    public static JsonElement Parse(string text) => JsonElement.Parse(Mend(text));

    private static string Mend(string text)
    {
        if (!text.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        var mended = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var length = 1;
            var isHalf = false;
            if (text[i] == '\\')
            {
                length = Math.Min(2, text.Length - i);
                if (EscapeAt(text, i) is { } first && char.IsSurrogate(first))
                {
                    var isPair = char.IsHighSurrogate(first) && EscapeAt(text, i + EscapeLength) is { } second && char.IsLowSurrogate(second);
                    length = isPair ? 2 * EscapeLength : EscapeLength;
                    isHalf = !isPair;
                }
            }

            _ = isHalf ? mended.Append(Replacement) : mended.Append(text, i, length);
            i += length;
        }

        return mended.ToString();
    }

    /// <summary>The character of a <c>\uXXXX</c> escape that begins there; null for anything else.</summary>
    private static char? EscapeAt(string text, int start) =>
        start + EscapeLength <= text.Length && text[start] == '\\' && text[start + 1] == 'u'
        && ushort.TryParse(text.AsSpan(start + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : null;
}
