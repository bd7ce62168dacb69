using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>The JSON of the protocol as a caller sees it, generated at build time.</summary>
[JsonSerializable(typeof(NodeInfo))]
[JsonSerializable(typeof(TaskSnapshot))]
[JsonSerializable(typeof(NodeOptionWire[]))]
[JsonSerializable(typeof(OptionWire[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ClientJson : JsonSerializerContext
{
    /// <summary>Escapes no more than needed, so that option texts stay readable on the node's console.</summary>
    public static ClientJson Relaxed { get; } =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>An option as it is sent.</summary>
internal sealed record OptionWire(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] JsonElement Value);

/// <summary>An option as a node publishes it.</summary>
internal sealed record NodeOptionWire(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("value")] string Value,
    [property: JsonPropertyName("domain")] JsonElement Domain,
    [property: JsonPropertyName("help")] string Help);
