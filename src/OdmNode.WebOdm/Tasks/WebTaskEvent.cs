namespace OdmNode.WebOdm.Tasks;

/// <summary>What can happen to a task.</summary>
public enum WebTaskEvent
{
    /// <summary>All files of a task created in steps are there.</summary>
    Committed,

    /// <summary>A node was chosen.</summary>
    Assigned,

    /// <summary>The node has taken everything.</summary>
    Accepted,

    /// <summary>The node says that the task waits there.</summary>
    SeenQueued,

    /// <summary>The node says that it works on the task.</summary>
    SeenRunning,

    /// <summary>The node has finished.</summary>
    NodeCompleted,

    /// <summary>Results are unpacked.</summary>
    ResultsReady,

    /// <summary>The node failed, refused, or has lost the task.</summary>
    Failed,

    /// <summary>The user wanted it stopped, or the node says so.</summary>
    Canceled,

    /// <summary>The node runs the task again.</summary>
    RestartedOnNode,

    /// <summary>The task goes to its node anew.</summary>
    RestartedAnew,

    /// <summary>The task is to wait for a node, again or for the first time.</summary>
    Detached,
}
