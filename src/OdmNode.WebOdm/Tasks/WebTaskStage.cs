namespace OdmNode.WebOdm.Tasks;

/// <summary>Where a task stands; what clients see of it is <see cref="WebTaskStages.Status"/>.</summary>
public enum WebTaskStage
{
    /// <summary>Created in steps and not committed yet; never scheduled.</summary>
    Draft,

    /// <summary>Needs a node.</summary>
    Waiting,

    /// <summary>Files go to the node.</summary>
    Sending,

    /// <summary>The node has everything; nothing was heard of the task yet.</summary>
    Accepted,

    /// <summary>Waits its turn on the node.</summary>
    Queued,

    /// <summary>Is being processed.</summary>
    Running,

    /// <summary>Finished on the node; results are being fetched.</summary>
    Fetching,

    /// <summary>Ended badly.</summary>
    Failed,

    /// <summary>Results can be downloaded.</summary>
    Completed,

    /// <summary>Stopped by the user.</summary>
    Canceled,
}

/// <summary>Groups of stages.</summary>
public static class WebTaskStages
{
    /// <summary>The protocol's status code; null while nothing is known.</summary>
    public static int? Status(this WebTaskStage stage) => stage switch
    {
        WebTaskStage.Queued => 10,
        WebTaskStage.Running or WebTaskStage.Fetching => 20,
        WebTaskStage.Failed => 30,
        WebTaskStage.Completed => 40,
        WebTaskStage.Canceled => 50,
        _ => null,
    };

    /// <summary>True when nothing more happens without a request.</summary>
    public static bool HasEnded(this WebTaskStage stage) => stage is WebTaskStage.Failed or WebTaskStage.Completed or WebTaskStage.Canceled;

    /// <summary>True while a node works on the task or has it in its queue.</summary>
    public static bool IsOnNode(this WebTaskStage stage) => stage is WebTaskStage.Accepted or WebTaskStage.Queued or WebTaskStage.Running;
}
