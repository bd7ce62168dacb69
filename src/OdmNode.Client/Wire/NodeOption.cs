using System.Text.Json;
using System.Text.Json.Serialization;
using OdmNode.Core.Options;

namespace OdmNode.Client.Wire;

/// <summary>An option as a node publishes it; old nodes send defaults that are no text.</summary>
internal sealed record NodeOption(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("type")] string? Type,
    [property: JsonPropertyName("value")] JsonElement Value,
    [property: JsonPropertyName("domain")] JsonElement Domain,
    [property: JsonPropertyName("help")] string? Help)
{
    public OptionDefinition ToDefinition() => new(
        Name,
        Type switch
        {
            "int" => OptionType.WholeNumber,
            "float" => OptionType.Number,
            "bool" => OptionType.Flag,
            "enum" => OptionType.Choice,
            _ => OptionType.Text,
        },
        Text(Value),
        Domain.ValueKind == JsonValueKind.Array
            ? OptionDomain.OneOf([.. Domain.EnumerateArray().Select(Text)])
            : OptionDomain.InWords(Text(Domain)),
        Help ?? string.Empty);

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Undefined => string.Empty,
        _ => value.ToString(),
    };
}
