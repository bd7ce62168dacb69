using OdmNode.Client;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Scheduling;

/// <content>Cancel, restart, remove.</content>
internal sealed partial class TaskStep
{
    private const string RerunFrom = "rerun-from";

    private async Task ActAsync(WebTaskEntry entry, CancellationToken cancellationToken)
    {
        var id = entry.Record.Id;
        if (tasks.Find(id) is not { PendingAction: { } action } task)
        {
            return;
        }

        switch (action)
        {
            case PendingAction.Resize:
                // Files are being received: it begins when that has ended.
                break;
            case PendingAction.Cancel:
                await CancelAsync(task, cancellationToken).ConfigureAwait(false);
                break;
            case PendingAction.Remove:
                await AbandonAsync(nodes.Find(task.Holder), task.NodeTask, cancellationToken).ConfigureAwait(false);
                tasks.Erase(id);
                consoles.Forget(id);
                projects.EraseHidden();
                break;
            default:
                await RestartAsync(entry, task, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private async Task CancelAsync(WebTask task, CancellationToken cancellationToken)
    {
        var node = nodes.Find(task.Holder);
        var isSent = task.Uuid.Length > 0;
        if (!isSent)
        {
            await AbandonAsync(node, task.NodeTask, cancellationToken).ConfigureAwait(false);
        }
        else if (node is not null)
        {
            await StopAsync(node, task.NodeTask!, cancellationToken).ConfigureAwait(false);
            await KeepLastLinesAsync(node, task, cancellationToken).ConfigureAwait(false);
            tasks.Folders.DiscardResults(task.Id, task.Results);
        }

        Finish(task, PendingAction.Cancel, current => current.After(WebTaskEvent.Canceled) with
        {
            NodeTask = isSent ? current.NodeTask : null,
            Holder = isSent ? current.Holder : null,
        });
    }

    private async Task RestartAsync(WebTaskEntry entry, WebTask task, CancellationToken cancellationToken)
    {
        if (task.Node is null && !task.AutoNode)
        {
            Finish(task, PendingAction.Restart, current => current.After(WebTaskEvent.Failed) with { LastError = SchedulerTexts.NoNodeToRestart });
            return;
        }

        var holder = nodes.Find(task.Holder);
        if (holder is not null && task.Node == task.Holder && task.Uuid.Length > 0 && !task.HasNewFiles
            && await RestartThereAsync(entry, task, holder, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        tasks.Folders.DiscardResults(task.Id, task.Results);

        await AbandonAsync(holder, task.NodeTask, cancellationToken).ConfigureAwait(false);
        consoles.Clear(task.Id);
        Finish(task, PendingAction.Restart, current => Fresh(current.After(WebTaskEvent.RestartedAnew)) with
        {
            NodeTask = null,
            Holder = null,
            UploadProgress = 0,
            Options = [.. current.Options.Where(option => option.Name != RerunFrom)],
        });
    }

    /// <returns>False when the node does not know the task, or has been silent for too long: then it must be sent anew.</returns>
    private async Task<bool> RestartThereAsync(WebTaskEntry entry, WebTask task, RegisteredNode node, CancellationToken cancellationToken)
    {
        var uuid = task.Uuid;
        try
        {
            await nodes.MeetAsync(node, cancellationToken).ConfigureAwait(false);
            if ((await node.Node.PollAsync(uuid, long.MaxValue, cancellationToken).ConfigureAwait(false)).IsPending)
            {
                await StopAsync(node, uuid, cancellationToken).ConfigureAwait(false);
            }

            await node.Node.RestartAsync(uuid, task.Options, node.Options, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeException exception) when (exception is { Kind: NodeErrorKind.Refused, NoRetry: true })
        {
            Finish(task, PendingAction.Restart, current => current.After(WebTaskEvent.Failed) with { LastError = exception.Message });
            return true;
        }
        catch (NodeException exception) when (exception.IsTransient && !node.IsGivenUp)
        {
            // A node that is just being started again still has what the last run made.
            entry.NextLook = time.GetUtcNow() + node.Node.PollInterval;
            return true;
        }
        catch (NodeException)
        {
            return false;
        }

        // What was fetched of a run before this one must not be taken for results of it.
        tasks.Folders.DiscardResults(task.Id, task.Results);
        consoles.Clear(task.Id);
        Finish(task, PendingAction.Restart, current => Fresh(current.After(WebTaskEvent.RestartedOnNode)));
        return true;
    }

    /// <summary>Stops a task on its node; a node that refuses or is out of reach does not matter.</summary>
    private static async Task StopAsync(RegisteredNode node, string uuid, CancellationToken cancellationToken)
    {
        try
        {
            await node.Node.CancelAsync(uuid, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeException)
        {
            // See the summary.
        }
    }

    /// <summary>The console of a task that has been stopped, to its end; a node that is out of reach keeps the last lines for itself.</summary>
    private async Task KeepLastLinesAsync(RegisteredNode node, WebTask task, CancellationToken cancellationToken)
    {
        consoles.Keep(task);
        try
        {
            await AskAsync(node, task, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeException)
        {
            // See the summary.
        }
    }

    /// <summary>A run that begins: nothing of the last one shows but its results.</summary>
    private static WebTask Fresh(WebTask task) => task with { ProcessingTime = -1, LastError = null, RunningProgress = 0 };

    /// <summary>Ends an action, unless another one was asked for meanwhile.</summary>
    private void Finish(WebTask task, PendingAction action, Func<WebTask, WebTask> change) => tasks.Change(
        task.Id, current => current.PendingAction == action ? change(current) with { PendingAction = null } : null);
}
