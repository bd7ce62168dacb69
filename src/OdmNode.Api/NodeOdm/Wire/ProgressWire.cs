using System.Text.Json.Serialization;

namespace OdmNode.Api.NodeOdm.Wire;

/// <summary>Answer of <c>/task/{uuid}/progress</c>. What nobody knows is null, not absent.</summary>
internal sealed record ProgressWire
{
    [JsonPropertyName("uuid")]
    public required string Uuid { get; init; }

    [JsonPropertyName("status")]
    public required TaskStatusWire Status { get; init; }

    [JsonPropertyName("progress")]
    public required double Progress { get; init; }

    [JsonPropertyName("stage")]
    public required string? Stage { get; init; }

    [JsonPropertyName("step")]
    public required string? Step { get; init; }

    [JsonPropertyName("unitsDone")]
    public required int? UnitsDone { get; init; }

    [JsonPropertyName("unitsPlanned")]
    public required int? UnitsPlanned { get; init; }

    [JsonPropertyName("secondsLeft")]
    public required int? SecondsLeft { get; init; }

    [JsonPropertyName("queuePosition")]
    public required int? QueuePosition { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    [JsonPropertyName("expires")]
    public required long? Expires { get; init; }
}
