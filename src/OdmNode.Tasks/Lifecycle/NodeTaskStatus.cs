namespace OdmNode.Tasks.Lifecycle;

/// <summary>What clients see of a task's state; the numbers are the protocol's.</summary>
public enum NodeTaskStatus
{
    /// <summary>Ready, waiting for a free slot.</summary>
    Queued = 10,

    /// <summary>Being initialised, processed or packed.</summary>
    Running = 20,

    /// <summary>Ended badly.</summary>
    Failed = 30,

    /// <summary>The archive is ready.</summary>
    Completed = 40,

    /// <summary>Stopped by request or by the run-time limit.</summary>
    Canceled = 50,
}
