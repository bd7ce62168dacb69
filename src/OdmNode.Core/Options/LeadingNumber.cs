using System.Globalization;

namespace OdmNode.Core.Options;

/// <summary>Numbers read from the front of a text, as clients of the protocol expect: <c>"12.9"</c> is the integer 12, <c>"2.5abc"</c> is 2.5.</summary>
internal static class LeadingNumber
{
    /// <returns>The leading integer (decimal, or hexadecimal after <c>0x</c>), or NaN.</returns>
    public static double ParseInteger(string text)
    {
        var rest = text.AsSpan().TrimStart();
        var sign = TakeSign(ref rest);
        if (rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return sign * Digits(rest[2..], 16);
        }

        return sign * Digits(rest, 10);
    }

    /// <returns>The leading decimal number with optional fraction and exponent, an infinity, or NaN.</returns>
    public static double ParseNumber(string text)
    {
        var rest = text.AsSpan().TrimStart();
        var sign = TakeSign(ref rest);
        if (rest.StartsWith("Infinity", StringComparison.Ordinal))
        {
            return sign * double.PositiveInfinity;
        }

        var length = CountDigits(rest);
        var digits = length;
        if (length < rest.Length && rest[length] == '.')
        {
            var fraction = CountDigits(rest[(length + 1)..]);
            digits += fraction;
            length += 1 + fraction;
        }

        if (digits == 0)
        {
            return double.NaN;
        }

        length += ExponentLength(rest[length..]);
        return sign * double.Parse(rest[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static int TakeSign(ref ReadOnlySpan<char> text)
    {
        if (text.Length == 0 || text[0] is not ('+' or '-'))
        {
            return 1;
        }

        var sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        return sign;
    }

    private static double Digits(ReadOnlySpan<char> text, int radix)
    {
        var value = 0.0;
        var count = 0;
        while (count < text.Length && char.IsAsciiHexDigit(text[count]) && Convert.ToInt32(text[count].ToString(), 16) < radix)
        {
            value = (value * radix) + Convert.ToInt32(text[count].ToString(), 16);
            count++;
        }

        return count == 0 ? double.NaN : value;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }

    private static int ExponentLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] is not ('e' or 'E'))
        {
            return 0;
        }

        var start = text[1] is '+' or '-' ? 2 : 1;
        var digits = CountDigits(text[start..]);
        return digits == 0 ? 0 : start + digits;
    }
}
