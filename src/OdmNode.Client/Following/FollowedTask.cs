using OdmNode.Client.Wire;

namespace OdmNode.Client.Following;

/// <summary>How a task that is followed stands; null where the node does not say.</summary>
public sealed record FollowedTask
{
    /// <summary>The state.</summary>
    public required TaskSnapshotStatus Status { get; init; }

    /// <summary>0 to 100.</summary>
    public double Progress { get; init; }

    /// <summary>What is being done: the stage the node names, else the one that the console named last; empty before the first.</summary>
    public string Stage { get; init; } = string.Empty;

    /// <summary>The engine's step within the stage.</summary>
    public string? Step { get; init; }

    /// <summary>Units of the step that are done.</summary>
    public int? UnitsDone { get; init; }

    /// <summary>Units of the step in all.</summary>
    public int? UnitsPlanned { get; init; }

    /// <summary>Until the task ends.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>1 is next; null unless queued.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>True while the node does not answer; all else is then as it was last.</summary>
    public bool IsOutOfReach { get; init; }

    internal static FollowedTask Of(TaskProgress progress, string stage) => new()
    {
        Status = progress.Status,
        Progress = progress.Progress,
        Stage = progress.Stage ?? stage,
        Step = progress.Step,
        UnitsDone = progress.UnitsDone,
        UnitsPlanned = progress.UnitsPlanned,
        TimeLeft = progress.SecondsLeft is { } seconds and >= 0 ? TimeSpan.FromSeconds(seconds) : null,
        QueuePosition = progress.QueuePosition,
    };

    internal static FollowedTask Of(TaskSnapshot snapshot, string stage) =>
        new() { Status = snapshot.Status, Progress = snapshot.Progress, Stage = stage };
}
