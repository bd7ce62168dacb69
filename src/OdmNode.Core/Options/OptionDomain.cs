using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OdmNode.Core.Options;

/// <summary>The allowed values of an option: a list of choices, or a domain in words such as <c>positive integer</c>.</summary>
public sealed partial class OptionDomain
{
    private OptionDomain(string text, IReadOnlyList<string>? choices) => (Text, Choices) = (text, choices);

    /// <summary>The domain in words; empty when there are <see cref="Choices"/> or when everything is allowed.</summary>
    public string Text { get; }

    /// <summary>The choices of an enum; null for other types.</summary>
    public IReadOnlyList<string>? Choices { get; }

    /// <summary>A domain in words, as the engine declares it.</summary>
    public static OptionDomain InWords(string text) => new(text, null);

    /// <summary>A closed list of texts.</summary>
    public static OptionDomain OneOf(IReadOnlyList<string> choices) => new(string.Empty, choices);

    /// <summary>Says why a converted value is refused.</summary>
    /// <param name="value">A JSON string, boolean, or any value of a string option.</param>
    /// <returns>The sentence of the protocol; null when the value is allowed.</returns>
    internal string? Refuse(JsonElement value)
    {
        if (Choices is not null)
        {
            return value.ValueKind == JsonValueKind.String && Choices.Contains(value.GetString())
                ? null
                : $"Invalid value {OptionJson.ToText(value)} (not in enum)";
        }

        return Text switch
        {
            "" or "string" or "path" => RefuseAsArgument(value),
            "json" => IsJsonText(value) ? null : OutOfRange(OptionJson.ToText(value)),
            _ => Refuse(value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN, OptionJson.ToText(value)),
        };
    }

    /// <summary>Says why a converted number is refused; NaN and infinities always are.</summary>
    internal string? Refuse(double value) => Text.Length == 0 ? Finite(value) : Refuse(value, OptionJson.NumberText(value));

    /// <summary>What no command line and no JSON answer can carry.</summary>
    private static string? RefuseAsArgument(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? Finite(value.GetDouble())
        : OptionJson.ToText(value) is var text && text.Contains('\0', StringComparison.Ordinal) ? $"Invalid value {text} (holds a NUL character)"
        : null;

    private static string? Finite(double value) =>
        double.IsFinite(value) ? null : OutOfRange(OptionJson.NumberText(value));

    private static string OutOfRange(string value) => $"Invalid value {value} (out of range)";

    private string? Refuse(double value, string shown)
    {
        var within = Contains(value);
        return within is null ? $"Domain value cannot be handled: '{Text}' : '{shown}'"
            : within.Value && double.IsFinite(value) ? null
            : OutOfRange(shown);
    }

    private bool? Contains(double value)
    {
        switch (Text)
        {
            case "positive integer" or "positive float": return value >= 0;
            case "negative integer" or "negative float": return value <= 0;
            case "integer": return value == Math.Floor(value);
            case "float": return double.IsFinite(value);
            case "percent": return value is >= 0 and <= 100;
        }

        if (RangePattern().Match(Text) is { Success: true } range)
        {
            return value >= Bound(range.Groups[1]) && value <= Bound(range.Groups[2]);
        }

        if (ComparisonPattern().Match(Text) is { Success: true } comparison)
        {
            var bound = Bound(comparison.Groups[2]);
            return comparison.Groups[1].Value switch
            {
                ">=" => value >= bound,
                "<=" => value <= bound,
                ">" => value > bound,
                _ => value < bound,
            };
        }

        return null;
    }

    private static double Bound(Group group) => double.Parse(group.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool IsJsonText(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(value.GetString()!);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^(?:integer|float): *(-?[0-9.]+) *<= *x *<= *(-?[0-9.]+)$")]
    private static partial Regex RangePattern();

    [GeneratedRegex(@"^(?:integer|float) *(>=|<=|>|<) *(-?[0-9.]+)$")]
    private static partial Regex ComparisonPattern();
}
