using System.Globalization;
using System.Text.Json;

namespace OdmNode.Core.Options;

/// <summary>Values of options between text and JSON.</summary>
internal static class OptionJson
{
    public static JsonElement FromText(string text) => JsonSerializer.SerializeToElement(text, OptionJsonContext.Default.String);

    public static JsonElement FromBoolean(bool value) => JsonElement.Parse(value ? "true" : "false");

    public static JsonElement FromNumber(double value) => JsonElement.Parse(NumberText(value));

    /// <summary>A number as JavaScript prints it: the fewest digits that tell it apart, with an exponent only from 1e21 and below 1e-6.</summary>
    public static string NumberText(double value)
    {
        var text = value switch
        {
            double.NaN => "NaN",
            double.PositiveInfinity => "Infinity",
            double.NegativeInfinity => "-Infinity",
            0 => "0",
            _ => value.ToString("R", CultureInfo.InvariantCulture),
        };
        return text.Contains('E', StringComparison.Ordinal) ? SpellExponent(text) : text;
    }

    private static string SpellExponent(string text)
    {
        var parts = text.Split('E');
        var exponent = int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = parts[0].StartsWith('-') ? "-" : string.Empty;
        var digits = parts[0][sign.Length..].Replace(".", string.Empty, StringComparison.Ordinal);
        var whole = exponent + 1;
        return whole is > 0 and <= 21
                ? sign + digits.PadRight(whole, '0')[..whole] + (digits.Length > whole ? "." + digits[whole..] : string.Empty)
            : whole is > -6 and <= 0
                ? sign + "0." + new string('0', -whole) + digits
            : string.Create(CultureInfo.InvariantCulture, $"{parts[0]}e{exponent:+0;-0}");
    }

    /// <summary>A value as JavaScript turns it into text.</summary>
    public static string ToText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "undefined",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => NumberText(value.GetDouble()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(ToText)),
        _ => "[object Object]",
    };
}
