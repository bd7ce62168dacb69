namespace OdmNode.Tasks.Queue;

/// <summary>What is being done to a task and how long it will take; null where nobody knows.</summary>
public sealed record TaskOutlook
{
    /// <summary>ODM's name of the stage, or <c>packing</c> or <c>uploading</c>.</summary>
    public string? Stage { get; init; }

    /// <summary>The built-in engine's name of what it does within the stage.</summary>
    public string? Step { get; init; }

    /// <summary>Units of the step that are finished.</summary>
    public int? UnitsDone { get; init; }

    /// <summary>All units of the step.</summary>
    public int? UnitsPlanned { get; init; }

    /// <summary>Whole seconds until the engine will have finished.</summary>
    public int? SecondsLeft { get; init; }

    /// <summary>1 for the task that is started next; only while it waits.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>When the node will remove the task; only after its end.</summary>
    public DateTimeOffset? Expires { get; init; }
}
