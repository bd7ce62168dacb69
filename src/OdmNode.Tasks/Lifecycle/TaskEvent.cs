namespace OdmNode.Tasks.Lifecycle;

/// <summary>What can happen to a task.</summary>
public enum TaskEvent
{
    Initialised,
    InitialisationFailed,
    Started,
    EngineSucceeded,
    Completed,
    Failed,
    Canceled,
    Restarted,

    /// <summary>The daemon stops, or was killed: the task goes back to the queue.</summary>
    Requeued,
}
