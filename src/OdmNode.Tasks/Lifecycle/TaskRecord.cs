using OdmNode.Core.Identity;
using OdmNode.Core.Options;

namespace OdmNode.Tasks.Lifecycle;

/// <summary>Everything durable about a task; replaced as a whole with every change.</summary>
public sealed record TaskRecord
{
    /// <summary>The task.</summary>
    public required TaskId Id { get; init; }

    /// <summary>Place in the queue and in the list: order of acceptance, kept by a restart.</summary>
    public required long Sequence { get; init; }

    /// <summary>Never empty.</summary>
    public required string Name { get; init; }

    /// <summary>Time of acceptance, a time given by the client, or the time of the last restart.</summary>
    public required DateTimeOffset DateCreated { get; init; }

    /// <summary>Where the task stands.</summary>
    public TaskState State { get; init; } = TaskState.Accepted;

    /// <summary>Why the task failed; null otherwise.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Validated options in the engine's order.</summary>
    public IReadOnlyList<OptionValue> Options { get; init; } = [];

    /// <summary>Names that the client gave and the engine does not know.</summary>
    public IReadOnlyList<string> UnknownOptions { get; init; } = [];

    /// <summary>Paths that replace the usual content of the archive; empty for the usual content.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>True when the client wants no options added by the node.</summary>
    public bool SkipPostProcessing { get; init; }

    /// <summary>Address to call at the end; null for none.</summary>
    public string? Webhook { get; init; }

    /// <summary>Address of an archive of photos to fetch; null for none.</summary>
    public string? ZipUrl { get; init; }

    /// <summary>Number of uploaded files, after initialisation number of entries in the images folder.</summary>
    public int ImagesCount { get; init; }

    /// <summary>0 to 100, never falling within a run.</summary>
    public double Progress { get; init; }

    /// <summary>Milliseconds of the current or last run; -1 when not available.</summary>
    public long ProcessingTimeMilliseconds { get; init; } = -1;

    /// <summary>True while the lines in the console are those of a run before a restart: the next run begins a new one.</summary>
    public bool HasOldConsole { get; init; }

    /// <summary>When the last run ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The engine process of the current run; null when none was started.</summary>
    public ProcessIdentity? Engine { get; init; }

    /// <summary>This record after the event.</summary>
    /// <exception cref="InvalidOperationException">The event is not legal in this state.</exception>
    public TaskRecord After(TaskEvent taskEvent) => TaskTransitions.After(State, taskEvent) is { } state
        ? this with { State = state }
        : throw new InvalidOperationException($"Task {Id} in state {State} cannot take the event {taskEvent}.");

    /// <summary>True when the event is legal now.</summary>
    public bool Allows(TaskEvent taskEvent) => TaskTransitions.After(State, taskEvent) is not null;
}
