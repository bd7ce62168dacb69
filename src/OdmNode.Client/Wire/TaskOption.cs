using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>An option of a task, as it is sent and as the node tells it.</summary>
/// <param name="Name">Without leading dashes.</param>
/// <param name="Value">Typed: a number, true or false, or text.</param>
public sealed record TaskOption(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] JsonElement Value);
