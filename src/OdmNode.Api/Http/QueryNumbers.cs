using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OdmNode.Api.Http;

/// <summary>Numbers in queries, read as clients expect.</summary>
internal static class QueryNumbers
{
    /// <summary>A text that is a whole number from 0 on and nothing else; null otherwise.</summary>
    public static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue ? number : null;

    /// <summary>
    /// The leading whole number of a parameter; 0 when it is absent, empty, repeated or no number. Fractions are cut off,
    /// numbers beyond 64 bits are taken for the largest or smallest there is.
    /// </summary>
    public static long LeadingInteger(IQueryCollection query, string name)
    {
        var values = query[name];
        if (values.Count != 1)
        {
            return 0;
        }

        var text = values[0].AsSpan().Trim();
        var sign = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        var length = sign;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            length++;
        }

        return length == sign ? 0
            : long.TryParse(text[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : text[0] == '-' ? long.MinValue : long.MaxValue;
    }
}
