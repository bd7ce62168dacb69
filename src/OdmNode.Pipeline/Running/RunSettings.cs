namespace OdmNode.Pipeline.Running;

/// <summary>One run of a pipeline.</summary>
public sealed record RunSettings
{
    /// <summary>Absolute path of the project; files of the stages go here, checkpoints into <c>checkpoints</c> below it.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>Value of every option as JSON text.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>How many cores may be busy at once, at least 1.</summary>
    public required int Parallelism { get; init; }

    /// <summary>How much memory units may use together, bytes.</summary>
    public required long MemoryBudgetBytes { get; init; }

    /// <summary>Called on the worker's thread when a unit is done.</summary>
    public Action AfterUnit { get; init; } = static () => { };

    /// <summary>Called when a stage is done that had something to do.</summary>
    public Action AfterStage { get; init; } = static () => { };

    /// <summary>Stages that are done again even where their checkpoints hold.</summary>
    public IReadOnlySet<string> Recompute { get; init; } = new HashSet<string>();
}
