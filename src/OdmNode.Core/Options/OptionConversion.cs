using System.Text.Json;

namespace OdmNode.Core.Options;

/// <summary>Turns a given value into the declared type and checks its domain.</summary>
internal static class OptionConversion
{
    /// <returns>The converted value (undefined where none was given), or the sentence that refuses it.</returns>
    public static (JsonElement Value, string? Error) Convert(OptionDefinition definition, JsonElement given)
    {
        switch (definition.Type)
        {
            case OptionType.WholeNumber:
                // A number proper is not read as text: 1e21 has the leading digit 1.
                return Number(definition, given.ValueKind == JsonValueKind.Number
                    ? Math.Truncate(given.GetDouble())
                    : LeadingNumber.ParseInteger(OptionJson.ToText(given)));
            case OptionType.Number:
                return Number(definition, LeadingNumber.ParseNumber(OptionJson.ToText(given)));
            case OptionType.Flag:
                return ToBoolean(given) is { } flag
                    ? (OptionJson.FromBoolean(flag), null)
                    : (default, $"Cannot convert {OptionJson.ToText(given)} to boolean");
            default:
                return definition.Domain.Refuse(given) is { } error ? (default, error) : (Detach(given), null);
        }
    }

    private static (JsonElement Value, string? Error) Number(OptionDefinition definition, double number) =>
        definition.Domain.Refuse(number) is { } error ? (default, error) : (OptionJson.FromNumber(number), null);

    private static bool? ToBoolean(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when value.ValueEquals("true") || value.ValueEquals("1") => true,
        JsonValueKind.String when value.ValueEquals("false") || value.ValueEquals("0") => false,
        _ => null,
    };

    private static JsonElement Detach(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? default : value.Clone();
}
