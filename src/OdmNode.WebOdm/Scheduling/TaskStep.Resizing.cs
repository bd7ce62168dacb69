using OdmNode.Tasks.Storage;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Scheduling;

/// <content>Photos are scaled before they are sent.</content>
internal sealed partial class TaskStep
{
    private async Task ResizeAsync(WebTaskEntry entry, CancellationToken cancellationToken)
    {
        var id = entry.Record.Id;
        var begun = tasks.Change(id, task => IsToBeResized(task) && !entry.IsReceiving ? task with { PendingAction = PendingAction.Resize } : null);
        if (begun is not { PendingAction: PendingAction.Resize, ResizeTo: { } longest })
        {
            return;
        }

        try
        {
            await shrinking.RunAsync(id, longest, done => tasks.Advance(id, task => task with { ResizeProgress = done }), cancellationToken).ConfigureAwait(false);
            EndResizing(id, task => task with { ResizeProgress = 1 });
            tasks.Folders.DiscardShrinking(id);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            EndResizing(id, task => task.After(WebTaskEvent.Failed) with { LastError = StorageErrors.Describe(exception), ResizeProgress = 0 });
        }
    }

    /// <summary>Unless another action was asked for meanwhile.</summary>
    private void EndResizing(long id, Func<WebTask, WebTask> change) =>
        tasks.Change(id, task => task.PendingAction == PendingAction.Resize ? change(task) with { PendingAction = null } : null);

    private static bool IsToBeResized(WebTask task) =>
        task is { Stage: WebTaskStage.Waiting, ResizeTo: not null, ResizeProgress: < 1, PendingAction: null or PendingAction.Resize };
}
