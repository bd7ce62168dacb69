using Microsoft.Extensions.Logging;
using OdmNode.Core.Identity;

namespace OdmNode.Tasks.Webhooks;

/// <content>What the operator reads.</content>
public sealed partial class WebhookSender
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} webhook calls of an earlier run are still owed")]
    private partial void LogLoaded(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Task}: webhook at {Target} called")]
    private partial void LogDelivered(TaskId task, string target);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {Task}: attempt {Attempt} to call the webhook at {Target} failed ({Reason}); the next in {Seconds} s")]
    private partial void LogFailed(TaskId task, int attempt, string target, string reason, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {Task}: the webhook at {Target} is given up after {Attempts} attempts ({Reason})")]
    private partial void LogGivenUp(TaskId task, string target, int attempts, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Task {Task}: its webhook of {Length} characters is ignored, because it is no http or https address")]
    private partial void LogIgnored(TaskId task, int length);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Task {Task}: its webhook call cannot be written down and would be lost or repeated if the node stopped now: {Reason}")]
    private partial void LogNotSaved(TaskId task, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task {Task}: its webhook call broke")]
    private partial void LogBroke(TaskId task, Exception exception);
}
