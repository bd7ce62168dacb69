using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>How far a task is, from nodes that tell more than the protocol asks; null where the engine does not say.</summary>
public sealed record TaskProgress
{
    [JsonPropertyName("uuid")]
    public string Uuid { get; init; } = string.Empty;

    [JsonPropertyName("status")]
    public TaskSnapshotStatus Status { get; init; } = new(0, null);

    /// <summary>0 to 100.</summary>
    [JsonPropertyName("progress")]
    public double Progress { get; init; }

    /// <summary>ODM's name of the stage, or what the node does around the engine, such as <c>packing</c>.</summary>
    [JsonPropertyName("stage")]
    public string? Stage { get; init; }

    /// <summary>The engine's step within the stage.</summary>
    [JsonPropertyName("step")]
    public string? Step { get; init; }

    /// <summary>Units of the step that are done.</summary>
    [JsonPropertyName("unitsDone")]
    public int? UnitsDone { get; init; }

    /// <summary>Units of the step in all.</summary>
    [JsonPropertyName("unitsPlanned")]
    public int? UnitsPlanned { get; init; }

    /// <summary>Seconds until the task ends.</summary>
    [JsonPropertyName("secondsLeft")]
    public double? SecondsLeft { get; init; }

    /// <summary>1 is next; null unless queued.</summary>
    [JsonPropertyName("queuePosition")]
    public int? QueuePosition { get; init; }

    /// <summary>Milliseconds since 1970 when the node will remove the ended task; null for never, or not ended.</summary>
    [JsonPropertyName("expires")]
    public double? Expires { get; init; }
}
