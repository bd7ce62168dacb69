namespace OdmNode.Tasks.Lifecycle;

/// <summary>The state of a task. Only these pairs exist: see <see cref="TaskTransitions"/>.</summary>
public readonly record struct TaskState(NodeTaskStatus Status, TaskPhase Phase)
{
    /// <summary>A task that has just been accepted.</summary>
    public static TaskState Accepted { get; } = new(NodeTaskStatus.Running, TaskPhase.Initialising);

    /// <summary>Counted by <c>taskQueueCount</c>: queued or running.</summary>
    public bool IsPending => Status is NodeTaskStatus.Queued or NodeTaskStatus.Running;

    /// <summary>An engine may be working for this task, or its archive is being written.</summary>
    public bool IsInSlot => Status == NodeTaskStatus.Running && Phase is TaskPhase.Processing or TaskPhase.Packing;
}
