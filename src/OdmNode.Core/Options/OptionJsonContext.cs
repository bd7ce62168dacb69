using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdmNode.Core.Options;

[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(OptionResource[]))]
[JsonSerializable(typeof(OptionProblemText[]))]
internal sealed partial class OptionJsonContext : JsonSerializerContext
{
    /// <summary>Leaves everything but quotes, backslashes and control characters unescaped.</summary>
    public static OptionJsonContext Relaxed { get; } =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>One entry of the embedded option list.</summary>
internal sealed record OptionResource(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("value")] string Value,
    [property: JsonPropertyName("domain")] JsonElement Domain,
    [property: JsonPropertyName("help")] string Help);

/// <summary>One refused option, as the error text of the protocol spells it.</summary>
internal sealed record OptionProblemText(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("error")] string Error);
