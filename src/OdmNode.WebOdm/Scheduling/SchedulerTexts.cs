namespace OdmNode.WebOdm.Scheduling;

/// <summary>What a task's <c>last_error</c> says.</summary>
internal static class SchedulerTexts
{
    public const string NoNodeToRestart = "Cannot restart a task that has no processing node";
    public const string InvalidArchive = "Invalid zip file";
    public const string NodeGone = "The processing node was removed from this server while it worked on the task. Restart the task to send it to another one.";
    public const string NodeOffline = "Processing node went offline. This could be due to insufficient memory or a network error.";
    public const string NoReason = "The processing node reported a failure and no reason; the console output says what it was doing.";

    public static string ConnectionError(string reason) => "Connection error: " + reason;

    public static string NotFound(string? uuid) => $"{uuid} not found";
}
