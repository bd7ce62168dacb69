namespace OdmNode.WebOdm.Nodes;

/// <summary>How a task stands on its node.</summary>
/// <param name="Status">10 queued, 20 running, 30 failed, 40 completed, 50 cancelled.</param>
/// <param name="ErrorMessage">Why it failed; null where the node does not say.</param>
/// <param name="ProcessingTime">Milliseconds; -1 when unknown.</param>
/// <param name="Progress">0 to 100.</param>
public sealed record NodeTaskReport(int Status, string? ErrorMessage, long ProcessingTime, double Progress)
{
    public const int Queued = 10;
    public const int Running = 20;
    public const int Failed = 30;
    public const int Completed = 40;
    public const int Canceled = 50;

    /// <summary>Console lines from the number on that was asked for; empty where the console is read in another way.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>True while the node works on the task or will.</summary>
    public bool IsPending => Status is Queued or Running;
}
