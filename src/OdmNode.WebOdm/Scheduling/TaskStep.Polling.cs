using OdmNode.Client;
using OdmNode.Tasks.Output;
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
    private const int RepeatedLines = 5;
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
            report = await AskAsync(node, task, cancellationToken).ConfigureAwait(false);
            node.Heard();
        }
        catch (NodeException exception) when (exception.Kind == NodeErrorKind.NotFound)
        {
            Fail(task.Id, SchedulerTexts.NotFound(task.Uuid));
            return;
        }
        catch (NodeException exception) when (exception.IsTransient)
        {
            if (task.AutoNode && node.IsGivenUp)
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

        Apply(task, report);
    }

    /// <summary>How the task stands on its node; lines of its console that are not known here yet are taken over.</summary>
    private async Task<NodeTaskReport> AskAsync(RegisteredNode node, WebTask task, CancellationToken cancellationToken)
    {
        if (node.Node.ConsoleOf(task.Uuid) is not null)
        {
            return await node.Node.PollAsync(task.Uuid, long.MaxValue, cancellationToken).ConfigureAwait(false);
        }

        // Some known lines are asked for again: they tell whether the console there is still the one that was copied.
        var copy = consoles.Copy(task.Id);
        var known = copy.Read(-RepeatedLines);
        var report = await node.Node.PollAsync(task.Uuid, copy.Count - known.Count, cancellationToken).ConfigureAwait(false);
        var skip = known.Count;
        if (!report.Lines.Take(skip).Select(ConsoleLog.Stored).SequenceEqual(known))
        {
            consoles.Clear(task.Id);
            copy = consoles.Copy(task.Id);
            (report, skip) = (await node.Node.PollAsync(task.Uuid, 0, cancellationToken).ConfigureAwait(false), 0);
        }

        foreach (var line in report.Lines.Skip(skip))
        {
            copy.Append(line);
        }

        return report;
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
                    Results = number,
                    AvailableAssets = available,
                    Statistics = statistics,
                    Place = place,
                    RunningProgress = 1,
                    LastError = null,
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
            if (task.AutoNode && node.IsGivenUp)
            {
                FailFetching(task, SchedulerTexts.NodeOffline);
            }
        }
        catch (NodeException exception) when (exception.Kind == NodeErrorKind.NotFound)
        {
            FailFetching(task, SchedulerTexts.NotFound(task.Uuid));
        }
        catch (NodeException exception)
        {
            FailFetching(task, exception.Message);
        }
        catch (InvalidDataException)
        {
            FailFetching(task, SchedulerTexts.InvalidArchive);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            FailFetching(task, StorageErrors.Describe(exception));
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

    /// <summary>The task has failed, and what came of its results does not take room.</summary>
    private void FailFetching(WebTask task, string reason)
    {
        if (tasks.Find(task.Id) is { Stage: WebTaskStage.Fetching } fetching)
        {
            Fail(task.Id, reason);
            tasks.Folders.DiscardResults(task.Id, fetching.Results);
        }
    }

    private void Fetched(long id, double fraction) => tasks.Advance(id, task => task with
    {
        RunningProgress = Math.Max(task.RunningProgress, NodeShare + ((FetchedShare - NodeShare) * fraction)),
    });
}
