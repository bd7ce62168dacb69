using System.Globalization;
using System.Text.Json;

namespace OdmNode.Core.Options;

/// <summary>Values of options between text and JSON.</summary>
internal static class OptionJson
{
    public static JsonElement FromText(string text) => JsonSerializer.SerializeToElement(text, OptionJsonContext.Default.String);

    public static JsonElement FromBoolean(bool value) => JsonElement.Parse(value ? "true" : "false");

    public static JsonElement FromNumber(double value) => JsonElement.Parse(NumberText(value));

    /// <summary>A number as JavaScript prints it, for the range that options use.</summary>
    public static string NumberText(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsInfinity(value) ? (value > 0 ? "Infinity" : "-Infinity")
        : value == Math.Floor(value) && Math.Abs(value) < 9e15
            ? ((long)value).ToString(CultureInfo.InvariantCulture)
            : value.ToString("R", CultureInfo.InvariantCulture);

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
