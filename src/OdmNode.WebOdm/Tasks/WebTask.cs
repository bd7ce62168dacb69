using System.Text.Json;
using System.Text.Json.Serialization;
using OdmNode.WebOdm.Files;

namespace OdmNode.WebOdm.Tasks;

/// <summary>Everything durable about a task; replaced as a whole with every change.</summary>
public sealed record WebTask
{
    /// <summary>Unique over all projects, never used again.</summary>
    public required long Id { get; init; }

    /// <summary>The project that the task belongs to.</summary>
    public required long Project { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>May be empty.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Where the task stands.</summary>
    public WebTaskStage Stage { get; init; } = WebTaskStage.Waiting;

    /// <summary>What was asked for and is not done yet.</summary>
    public PendingAction? PendingAction { get; init; }

    /// <summary>The node that is to process the task; null for one still to be chosen.</summary>
    public long? Node { get; init; }

    /// <summary>True to have a node chosen.</summary>
    public bool AutoNode { get; init; } = true;

    /// <summary>The id of the task on <see cref="Holder"/>, chosen and written down before the first file is sent; null before.</summary>
    public string? NodeTask { get; init; }

    /// <summary>The node that has, or is getting, the task's files; another than <see cref="Node"/> when that was changed since.</summary>
    public long? Holder { get; init; }

    /// <summary>True when files came after they were sent: the next restart sends all of them anew.</summary>
    public bool HasNewFiles { get; init; }

    /// <summary>As the client gave them.</summary>
    public IReadOnlyList<WebTaskOption> Options { get; init; } = [];

    /// <summary>Photos; control points and the like are not counted.</summary>
    public int ImagesCount { get; init; }

    /// <summary>Why the task failed; null otherwise.</summary>
    public string? LastError { get; init; }

    /// <summary>Milliseconds of the current or last run; -1 when unknown.</summary>
    public long ProcessingTime { get; init; } = -1;

    /// <summary>What can be downloaded, in the protocol's order.</summary>
    public IReadOnlyList<string> AvailableAssets { get; init; } = [];

    /// <summary>The report of the last completed run in short; null when there is none.</summary>
    public ResultStatistics? Statistics { get; init; }

    /// <summary>Where the results of the last completed run lie; null when they tell no place.</summary>
    public ResultPlace? Place { get; init; }

    /// <summary>Number of the folder of results; 0 before the first completion.</summary>
    public int Results { get; init; }

    /// <summary>The longest side that photos shall have, pixels; null to leave them as they come.</summary>
    public int? ResizeTo { get; init; }

    /// <summary>From 0 to 1: photos scaled; 1 is written down, so that it is done once.</summary>
    public double ResizeProgress { get; init; }

    /// <summary>From 0 to 1: files sent to the node.</summary>
    public double UploadProgress { get; init; }

    /// <summary>From 0 to 1: work of the node and of fetching.</summary>
    public double RunningProgress { get; init; }

    /// <summary>When files last came, for tasks created in steps.</summary>
    public DateTimeOffset? TouchedAt { get; init; }

    /// <summary>True when everybody may see the task and its results, without credentials too.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Gone for every client; waits to be erased.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The id on the node as clients see it: empty until the node has everything.</summary>
    [JsonIgnore]
    public string Uuid => NodeTask is not null && Stage is not (WebTaskStage.Draft or WebTaskStage.Waiting or WebTaskStage.Sending) ? NodeTask : string.Empty;

    /// <summary>True when the event is legal now.</summary>
    public bool Allows(WebTaskEvent taskEvent) => WebTaskTransitions.After(Stage, taskEvent) is not null;

    /// <summary>This record after the event.</summary>
    /// <exception cref="InvalidOperationException">The event is not legal in this stage.</exception>
    public WebTask After(WebTaskEvent taskEvent) => WebTaskTransitions.After(Stage, taskEvent) is { } stage
        ? this with { Stage = stage }
        : throw new InvalidOperationException($"Task {Id} in stage {Stage} cannot take the event {taskEvent}.");
}

/// <summary>An option as the client gave it.</summary>
/// <param name="Name">Without leading dashes; may be unknown to every node.</param>
/// <param name="Value">JSON as given.</param>
public sealed record WebTaskOption(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] JsonElement Value);
