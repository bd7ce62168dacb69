using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

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

    /// <summary>True when nothing more will happen.</summary>
    [JsonIgnore]
    public bool HasEnded => Code is Failed or Completed or Canceled;
}
