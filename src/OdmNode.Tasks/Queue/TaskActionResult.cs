namespace OdmNode.Tasks.Queue;

/// <summary>The answer to a request to cancel, remove or restart a task.</summary>
public enum TaskActionResult
{
    Done,
    NotFound,

    /// <summary>The task is queued or running.</summary>
    NotRestartable,
}
