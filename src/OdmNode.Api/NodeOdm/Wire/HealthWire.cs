using System.Text.Json.Serialization;

namespace OdmNode.Api.NodeOdm.Wire;

/// <summary>Answer of <c>/health</c>; <c>reason</c> is absent when all is well.</summary>
internal sealed record HealthWire(
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("taskQueueCount")] int TaskQueueCount,
    [property: JsonPropertyName("freeDiskBytes")] long FreeDiskBytes);
