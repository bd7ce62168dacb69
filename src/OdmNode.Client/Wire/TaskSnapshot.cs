using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>A task as the node tells it.</summary>
public sealed record TaskSnapshot
{
    [JsonPropertyName("uuid")]
    public string Uuid { get; init; } = string.Empty;

    [JsonPropertyName("name")]
    public string Name { get; init; } = string.Empty;

    /// <summary>Milliseconds since 1970 of the creation or the last restart.</summary>
    [JsonPropertyName("dateCreated")]
    public double DateCreated { get; init; }

    /// <summary>Milliseconds; -1 when not available.</summary>
    [JsonPropertyName("processingTime")]
    public double ProcessingTime { get; init; }

    [JsonPropertyName("status")]
    public TaskSnapshotStatus Status { get; init; } = new(0, null);

    /// <summary>Validated options in the engine's order.</summary>
    [JsonPropertyName("options")]
    public IReadOnlyList<TaskOption> Options { get; init; } = [];

    [JsonPropertyName("imagesCount")]
    public int ImagesCount { get; init; }

    /// <summary>0 to 100.</summary>
    [JsonPropertyName("progress")]
    public double Progress { get; init; }

    /// <summary>Console lines; null unless they were asked for.</summary>
    [JsonPropertyName("output")]
    public IReadOnlyList<string>? Output { get; init; }

    /// <summary>True when nothing more will happen.</summary>
    [JsonIgnore]
    public bool HasEnded => Status.HasEnded;
}
