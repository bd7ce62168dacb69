using System.Text;

namespace OdmNode.Api.Http;

/// <summary>What a part's <c>Content-Disposition</c> says about it.</summary>
/// <param name="Name">The field's name; empty when absent.</param>
/// <param name="FileName">The file's name, possibly empty; null for a text field.</param>
internal sealed record ContentDisposition(string Name, string? FileName)
{
    /// <summary>Reads the header. <c>filename*</c> (RFC 5987) wins over <c>filename</c>.</summary>
    public static ContentDisposition Parse(string? header)
    {
        var parameters = HeaderParameters.Parse(header).Parameters;
        var fileName = parameters.TryGetValue("filename*", out var extended) && DecodeExtended(extended) is { } decoded
            ? decoded
            : parameters.GetValueOrDefault("filename");
        return new ContentDisposition(parameters.GetValueOrDefault("name", string.Empty), fileName);
    }

    /// <returns>Null when the value is malformed or of a character set that the RFC does not ask for.</returns>
    private static string? DecodeExtended(string value)
    {
        var parts = value.Split('\'', 3);
        if (parts.Length != 3)
        {
            return null;
        }

        return parts[0].Equals("UTF-8", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetString(Unescape(parts[2]))
            : parts[0].Equals("ISO-8859-1", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1.GetString(Unescape(parts[2]))
            : null;
    }

    /// <summary>Bytes of a text with <c>%XX</c> escapes; what is no escape stays.</summary>
    private static byte[] Unescape(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var isEscape = bytes[i] == (byte)'%' && i + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]);
            bytes[length++] = isEscape ? Convert.ToByte($"{(char)bytes[i + 1]}{(char)bytes[i + 2]}", 16) : bytes[i];
            i += isEscape ? 2 : 0;
        }

        return bytes[..length];
    }
}
