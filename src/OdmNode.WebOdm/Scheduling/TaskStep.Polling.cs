using OdmNode.Client;
using OdmNode.Tasks.Storage;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Scheduling;

/// <content>A task on its node, and its results.</content>
internal sealed partial class TaskStep
{
    private const double NodeShare = 0.85;
    private const double FetchedShare = 0.95;
    private const int ArchiveAttempts = 3;
    private static readonly TimeSpan FetchPause = TimeSpan.FromSeconds(5);

    private async Task PollAsync(WebTaskEntry entry, CancellationToken cancellationToken)
    {
        var task = entry.Record;
        if (nodes.Find(task.Holder) is not { } node)
        {
            LoseNode(task, SchedulerTexts.NodeGone);
            return;
        }

        entry.NextLook = time.GetUtcNow() + node.Node.PollInterval;
        NodeTaskReport report;
        try
        {
            var known = node.Node.ConsoleOf(task.Uuid) is null ? consoles.Copy(task.Id).Count : 0;
            report = await node.Node.PollAsync(task.Uuid, known, cancellationToken).ConfigureAwait(false);
            node.Heard();
        }
        catch (NodeException exception) when (exception.Kind == NodeErrorKind.NotFound)
        {
            Fail(task.Id, SchedulerTexts.NotFound(task.Uuid));
            return;
        }
        catch (NodeException exception) when (exception.IsTransient)
        {
            if (task.AutoNode && !node.IsOnline)
            {
                LoseNode(task, SchedulerTexts.NodeOffline);
            }

            return;
        }
        catch (NodeException exception)
        {
            Fail(task.Id, exception.Message);
            return;
        }

        foreach (var line in report.Lines)
        {
            consoles.Copy(task.Id).Append(line);
        }

        Apply(task, report);
    }

    private void Apply(WebTask task, NodeTaskReport report)
    {
        if (report.Status == NodeTaskReport.Failed || report.Status == NodeTaskReport.Canceled)
        {
            consoles.Keep(task);
        }

        WebTask? Next(WebTask current) => report.Status switch
        {
            NodeTaskReport.Queued => Then(current, WebTaskEvent.SeenQueued),
            NodeTaskReport.Running => Then(current, WebTaskEvent.SeenRunning),
            NodeTaskReport.Completed => Then(current, WebTaskEvent.NodeCompleted),
            NodeTaskReport.Canceled => Then(current, WebTaskEvent.Canceled),
            _ => Then(current, WebTaskEvent.Failed) is { } failed ? failed with { LastError = report.ErrorMessage ?? SchedulerTexts.NoReason } : null,
        };

        WebTask Measured(WebTask current) => current with
        {
            ProcessingTime = report.ProcessingTime,
            RunningProgress = Math.Max(current.RunningProgress, NodeShare * Math.Clamp(report.Progress, 0, 100) / 100),
        };

        if (Next(task) is { } next && next.Stage == task.Stage)
        {
            tasks.Advance(task.Id, Measured);
        }
        else
        {
            tasks.Change(task.Id, current => Next(current) is { } changed ? Measured(changed) : null);
        }
    }

    /// <summary>A task that has not begun is sent to another node; one that was being processed has failed.</summary>
    private void LoseNode(WebTask task, string reason)
    {
        if (task.AutoNode && task.Allows(WebTaskEvent.Detached))
        {
            consoles.Clear(task.Id);
            tasks.Change(task.Id, current => Then(current, WebTaskEvent.Detached) is { } waiting
                ? Fresh(waiting) with { Node = null, Holder = null, NodeTask = null, UploadProgress = 0 }
                : null);
        }
        else
        {
            Fail(task.Id, reason);
        }
    }

    private async Task FetchAsync(WebTaskEntry entry, CancellationToken cancellationToken)
    {
        var task = entry.Record;
        if (nodes.Find(task.Holder) is not { } node)
        {
            Fail(task.Id, SchedulerTexts.NodeGone);
            return;
        }

        var number = task.Results + 1;
        var results = tasks.Folders.Results(task.Id, number);
        try
        {
            await FetchAsync(node, task, results, cancellationToken).ConfigureAwait(false);
            consoles.Keep(task);
            var available = WebAssets.Available(results);
            var statistics = ResultStatistics.Read(results);
            var place = places.Read(results);
            tasks.Change(task.Id, current => Then(current, WebTaskEvent.ResultsReady) is { } completed
                ? completed with
                {
                    Results = number, AvailableAssets = available, Statistics = statistics, Place = place, RunningProgress = 1, LastError = null,
                }
                : null);
            if (tasks.Find(task.Id) is { } changed && changed.Results == number)
            {
                tasks.Folders.DiscardResults(task.Id, number);
            }
        }
        catch (NodeException exception) when (exception.IsTransient)
        {
            entry.NextLook = time.GetUtcNow() + FetchPause;
        }
        catch (NodeException exception)
        {
            Fail(task.Id, exception.Message);
        }
        catch (InvalidDataException)
        {
            Fail(task.Id, SchedulerTexts.InvalidArchive);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail(task.Id, StorageErrors.Describe(exception));
        }
    }

    private async Task FetchAsync(RegisteredNode node, WebTask task, string results, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await node.Node.FetchAsync(task.Uuid, results, fetched => Fetched(task.Id, fetched), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (InvalidDataException) when (attempt < ArchiveAttempts)
            {
                // Fetched once more: it may have been damaged on its way.
            }
        }
    }

    private void Fetched(long id, double fraction) => tasks.Advance(id, task => task with
    {
        RunningProgress = Math.Max(task.RunningProgress, NodeShare + ((FetchedShare - NodeShare) * fraction)),
    });
}
