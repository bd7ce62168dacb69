using OdmNode.Client;
using OdmNode.Core.Identity;
using OdmNode.Tasks.Storage;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Scheduling;

/// <content>From waiting to a task on a node.</content>
internal sealed partial class TaskStep
{
    private void Assign(WebTaskEntry entry)
    {
        var task = entry.Record;
        if (task.Stage != WebTaskStage.Waiting || entry.IsReceiving || IsToBeResized(task))
        {
            return;
        }

        var node = task.Node is not null ? nodes.Find(task.Node) : task.AutoNode ? nodes.Choose() : null;
        if (node is null)
        {
            return;
        }

        node.CountTask();
        tasks.Change(task.Id, current => !entry.IsReceiving && Then(current, WebTaskEvent.Assigned) is { } assigned
            ? assigned with
            {
                Node = node.Record.Id,
                Holder = node.Record.Id,
                NodeTask = TaskId.New().Value,
                UploadProgress = 0,
                HasNewFiles = false,
            }
            : null);
    }

    private async Task SendAsync(long id, bool isRepeat, CancellationToken cancellationToken)
    {
        while (tasks.Find(id) is { Stage: WebTaskStage.Sending } task)
        {
            if (nodes.Find(task.Holder) is not { } node)
            {
                tasks.Change(id, current => Then(current, WebTaskEvent.Detached) is { } waiting
                    ? waiting with { Holder = null, NodeTask = null }
                    : null);
                return;
            }

            try
            {
                await nodes.MeetAsync(node, cancellationToken).ConfigureAwait(false);
                await node.Node.SendAsync(OrderOf(task, isRepeat), node.Options, sent => Sent(id, sent), cancellationToken).ConfigureAwait(false);
                node.Heard();

                // The node has the task, whatever was asked for meanwhile.
                tasks.Change(id, current => current.Allows(WebTaskEvent.Accepted)
                    ? current.After(WebTaskEvent.Accepted) with { UploadProgress = 1 }
                    : null);
                return;
            }
            catch (NodeException exception) when (isRepeat && exception.Kind == NodeErrorKind.NotFound)
            {
                isRepeat = false;
                await AbandonAsync(node, task.NodeTask, cancellationToken).ConfigureAwait(false);
                tasks.Change(id, current => current with { NodeTask = TaskId.New().Value });
            }
            catch (NodeException exception)
            {
                await AbandonAsync(node, task.NodeTask, cancellationToken).ConfigureAwait(false);
                FailSending(id, exception.Kind is NodeErrorKind.Unreachable or NodeErrorKind.ServerError
                    ? SchedulerTexts.ConnectionError(exception.Message)
                    : exception.Message);
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                await AbandonAsync(node, task.NodeTask, cancellationToken).ConfigureAwait(false);
                FailSending(id, StorageErrors.Describe(exception));
                return;
            }
        }
    }

    private NodeOrder OrderOf(WebTask task, bool isRepeat) => new()
    {
        Uuid = task.NodeTask!,
        Name = task.Name,
        Options = task.Options,
        Files = tasks.Folders.ListImages(task.Id),
        IsRepeat = isRepeat,
    };

    private void Sent(long id, double fraction) =>
        tasks.Advance(id, task => task with { UploadProgress = Math.Max(task.UploadProgress, fraction) });

    /// <summary>The task has failed, and the node has nothing of it.</summary>
    private void FailSending(long id, string reason) => tasks.Change(id, task => Then(task, WebTaskEvent.Failed) is { } failed
        ? failed with { LastError = reason, NodeTask = null, Holder = null }
        : null);

    /// <summary>Frees a node from a task that is not wanted there any more; a node that cannot be reached keeps it until it tidies up.</summary>
    private static async Task AbandonAsync(RegisteredNode? node, string? uuid, CancellationToken cancellationToken)
    {
        if (node is null || uuid is null)
        {
            return;
        }

        try
        {
            await node.Node.RemoveAsync(uuid, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeException)
        {
            // See the summary.
        }
    }
}
