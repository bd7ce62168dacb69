using Microsoft.Extensions.Logging;
using OdmNode.Core.Identity;
using OdmNode.Tasks.Lifecycle;

namespace OdmNode.Tasks.Queue;

/// <content>What the operator reads.</content>
public sealed partial class NodeTasks
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} tasks known")]
    private partial void LogLoaded(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Task} accepted with {Files} files")]
    private partial void LogAccepted(TaskId task, int files);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {Task} cannot be initialised: {Reason}")]
    private partial void LogInitialisationFailed(TaskId task, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Task}: engine starts with {Arguments}")]
    private partial void LogEngineStarts(TaskId task, IReadOnlyList<string> arguments);

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Task}: engine ended with exit code {ExitCode}")]
    private partial void LogEngineEnded(TaskId task, int exitCode);

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Task} is {Status} {Reason}")]
    private partial void LogEnded(TaskId task, NodeTaskStatus status, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Task} canceled")]
    private partial void LogCanceled(TaskId task);

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Task} removed")]
    private partial void LogRemoved(TaskId task);

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Task} ended long ago and is removed")]
    private partial void LogExpired(TaskId task);

    [LoggerMessage(Level = LogLevel.Information, Message = "Upload {Upload} was left alone and is removed")]
    private partial void LogUploadExpired(TaskId upload);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task {Task}: the results could not be delivered: {Reason}")]
    private partial void LogDeliveryFailed(TaskId task, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Task} restarted")]
    private partial void LogRestarted(TaskId task);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task {Task} could not be written to the database and will be written later: {Reason}")]
    private partial void LogNotSaved(TaskId task, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Progress port {Port} cannot be used, another one is: {Reason}")]
    private partial void LogProgressPortTaken(int port, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task {Task} broke")]
    private partial void LogRunBroke(TaskId task, Exception exception);
}
