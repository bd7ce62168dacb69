namespace OdmNode.Tasks.Lifecycle;

/// <summary>Every legal transition of a task; whatever is not listed is refused.</summary>
public static class TaskTransitions
{
    private static readonly TaskState Initialising = TaskState.Accepted;
    private static readonly TaskState CanceledEarly = new(NodeTaskStatus.Canceled, TaskPhase.Initialising);
    private static readonly TaskState Waiting = new(NodeTaskStatus.Queued, TaskPhase.Waiting);
    private static readonly TaskState Processing = new(NodeTaskStatus.Running, TaskPhase.Processing);
    private static readonly TaskState Packing = new(NodeTaskStatus.Running, TaskPhase.Packing);
    private static readonly TaskState Failed = new(NodeTaskStatus.Failed, TaskPhase.Ended);
    private static readonly TaskState Completed = new(NodeTaskStatus.Completed, TaskPhase.Ended);
    private static readonly TaskState Canceled = new(NodeTaskStatus.Canceled, TaskPhase.Ended);

    private static readonly Dictionary<(TaskState From, TaskEvent Event), TaskState> Table = new()
    {
        [(Initialising, TaskEvent.Initialised)] = Waiting,
        [(Initialising, TaskEvent.InitialisationFailed)] = Failed,
        [(Initialising, TaskEvent.Canceled)] = CanceledEarly,
        [(CanceledEarly, TaskEvent.Initialised)] = Canceled,
        [(CanceledEarly, TaskEvent.InitialisationFailed)] = Canceled,
        [(CanceledEarly, TaskEvent.Canceled)] = CanceledEarly,
        [(CanceledEarly, TaskEvent.Restarted)] = Initialising,
        [(Waiting, TaskEvent.Started)] = Processing,
        [(Waiting, TaskEvent.Canceled)] = Canceled,
        [(Processing, TaskEvent.EngineSucceeded)] = Packing,
        [(Processing, TaskEvent.Failed)] = Failed,
        [(Processing, TaskEvent.Canceled)] = Canceled,
        [(Processing, TaskEvent.Requeued)] = Waiting,
        [(Packing, TaskEvent.Completed)] = Completed,
        [(Packing, TaskEvent.Failed)] = Failed,
        [(Packing, TaskEvent.Canceled)] = Canceled,
        [(Packing, TaskEvent.Requeued)] = Waiting,
        [(Failed, TaskEvent.Canceled)] = Canceled,
        [(Completed, TaskEvent.Canceled)] = Canceled,
        [(Canceled, TaskEvent.Canceled)] = Canceled,
        [(Failed, TaskEvent.Restarted)] = Waiting,
        [(Completed, TaskEvent.Restarted)] = Waiting,
        [(Canceled, TaskEvent.Restarted)] = Waiting,
    };

    /// <returns>The state after the event; null when the event is not legal in this state.</returns>
    public static TaskState? After(TaskState state, TaskEvent taskEvent) =>
        Table.TryGetValue((state, taskEvent), out var next) ? next : null;
}
