using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>A task as the node tells it.</summary>
public sealed record TaskSnapshot
{
    [JsonPropertyName("uuid")]
    public string Uuid { get; init; } = string.Empty;

    [JsonPropertyName("name")]
    public string Name { get; init; } = string.Empty;

    /// <summary>Milliseconds; -1 when not available.</summary>
    [JsonPropertyName("processingTime")]
    public long ProcessingTime { get; init; }

    [JsonPropertyName("status")]
    public TaskSnapshotStatus Status { get; init; } = new(0, null);

    [JsonPropertyName("imagesCount")]
    public int ImagesCount { get; init; }

    /// <summary>0 to 100.</summary>
    [JsonPropertyName("progress")]
    public double Progress { get; init; }

    /// <summary>True when nothing more will happen.</summary>
    [JsonIgnore]
    public bool HasEnded => Status.Code is TaskSnapshotStatus.Failed or TaskSnapshotStatus.Completed or TaskSnapshotStatus.Canceled;
}

/// <summary>The state of a task: 10 queued, 20 running, 30 failed, 40 completed, 50 cancelled.</summary>
public sealed record TaskSnapshotStatus(
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("errorMessage")] string? ErrorMessage)
{
    public const int Queued = 10;
    public const int Running = 20;
    public const int Failed = 30;
    public const int Completed = 40;
    public const int Canceled = 50;
}
