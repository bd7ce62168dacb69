using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.WebOdm.Scheduling;

/// <summary>One look at one task: scaling of photos, assignment, sending, pending action, poll, in this order. Never two at a time for one task.</summary>
/// <remarks>
/// Every state is written down before it is acted on, and every act may be repeated, so a daemon that was killed in the middle
/// goes on where it stopped.
/// </remarks>
internal sealed partial class TaskStep(WebTasks tasks, NodeRegistry nodes, TaskConsoles consoles, ProjectStore projects, ResultPlaces places, PhotoShrinking shrinking, TimeProvider time)
{
    /// <summary>Does what the task needs now.</summary>
    /// <param name="entry">The task.</param>
    /// <param name="cancellationToken">Cancelled by a newer request for the task and by the end of the daemon.</param>
    public async Task RunAsync(WebTaskEntry entry, CancellationToken cancellationToken)
    {
        var id = entry.Record.Id;
        if (IsToBeResized(entry.Record))
        {
            await ResizeAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        if (entry.Record.PendingAction is null)
        {
            var wasSending = entry.Record.Stage == WebTaskStage.Sending;
            Assign(entry);
            if (entry.Record is { Stage: WebTaskStage.Sending, PendingAction: null })
            {
                await SendAsync(id, isRepeat: wasSending, cancellationToken).ConfigureAwait(false);
            }
        }

        if (tasks.Find(id) is { PendingAction: not null })
        {
            await ActAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        if (tasks.Find(id) is { PendingAction: null } polled && polled.Stage.IsOnNode())
        {
            await PollAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        if (tasks.Find(id) is { PendingAction: null, Stage: WebTaskStage.Fetching })
        {
            await FetchAsync(entry, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>True when the scheduler has something to do for a task.</summary>
    public static bool IsNeeded(WebTask task) =>
        task.PendingAction is not null
        || IsToBeResized(task)
        || task.Stage is WebTaskStage.Sending or WebTaskStage.Fetching
        || (task.Stage == WebTaskStage.Waiting && (task.AutoNode || task.Node is not null))
        || task.Stage.IsOnNode();

    /// <summary>The record when the event is legal and no request came in between; null, which changes nothing, otherwise.</summary>
    private static WebTask? Then(WebTask task, WebTaskEvent taskEvent) =>
        task.PendingAction is null && task.Allows(taskEvent) ? task.After(taskEvent) : null;

    private void Fail(long id, string reason) => tasks.Change(id, task => Then(task, WebTaskEvent.Failed) is { } failed
        ? failed with { LastError = reason }
        : null);
}
