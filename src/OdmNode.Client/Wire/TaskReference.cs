using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>An entry of the list of tasks, and the answer to a creation.</summary>
internal sealed record TaskReference([property: JsonPropertyName("uuid")] string? Uuid);
