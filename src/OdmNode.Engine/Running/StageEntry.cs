using OdmNode.Pipeline.Running;

namespace OdmNode.Engine.Running;

/// <summary>One stage of a run.</summary>
public sealed class StageEntry(string name, DateTimeOffset startedAt)
{
    public string Name { get; } = name;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Null while it runs or after it failed.</summary>
    public StageResult? Result { get; set; }

    /// <summary>Lines told while it ran and their kind.</summary>
    public IList<(string Text, string Kind)> Messages { get; } = [];
}
