using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tasks;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.WebOdm.Scheduling;

/// <summary>Looks at every task that needs something, by the clock and whenever a request says so; one worker for each task at a time.</summary>
public sealed partial class WebTaskScheduler : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    private readonly WebTasks _tasks;
    private readonly NodeRegistry _nodes;
    private readonly TaskConsoles _consoles;
    private readonly ProjectStore _projects;
    private readonly TaskNudges _nudges;
    private readonly WebOdmSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<WebTaskScheduler> _log;
    private readonly TaskStep _step;
    private readonly ConcurrentDictionary<long, Task> _workers = new();

    /// <summary>Prepares the scheduler; nothing happens before it is started.</summary>
    public WebTaskScheduler(
        WebTasks tasks,
        NodeRegistry nodes,
        TaskConsoles consoles,
        ProjectStore projects,
        ResultPlaces places,
        PhotoShrinking shrinking,
        TaskNudges nudges,
        WebOdmSettings settings,
        TimeProvider time,
        ILogger<WebTaskScheduler> log)
    {
        (_tasks, _nodes, _consoles, _projects, _nudges, _settings, _time, _log) = (tasks, nodes, consoles, projects, nudges, settings, time, log);
        _step = new TaskStep(tasks, nodes, consoles, projects, places, shrinking, time);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        EndDeletions();
        var refreshing = _nodes.RefreshAsync(stoppingToken);
        var refreshed = _time.GetTimestamp();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                LookAtAll(stoppingToken);
                if (refreshing.IsCompleted && _time.GetElapsedTime(refreshed) >= _settings.NodeRefresh)
                {
                    await refreshing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    refreshing = _nodes.RefreshAsync(stoppingToken);
                    refreshed = _time.GetTimestamp();
                }

                await WaitAsync(stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The daemon stops; what goes on is taken up again at the next start.
        }

        await Task.WhenAll([refreshing, .. _workers.Values]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits for the next tick or for a request; a task that a request speaks of is due at once.</summary>
    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        tick.CancelAfter(Tick);
        try
        {
            await _nudges.Reader.WaitToReadAsync(tick.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return;
        }

        while (_nudges.Reader.TryRead(out var id))
        {
            if (_tasks.Entry(id) is { } entry)
            {
                entry.NextLook = DateTimeOffset.MinValue;
            }
        }
    }

    /// <summary>Goes on with the deletion of projects that was cut off by the daemon's end.</summary>
    internal void EndDeletions()
    {
        foreach (var project in _projects.ListHidden())
        {
            _tasks.RemoveAll(project);
        }

        _projects.EraseHidden();
    }

    /// <summary>Starts a worker for each task that needs one now.</summary>
    internal void LookAtAll(CancellationToken stoppingToken)
    {
        var now = _time.GetUtcNow();
        foreach (var entry in _tasks.Entries)
        {
            var task = entry.Record;
            if (task.Stage == WebTaskStage.Draft && task.PendingAction is null && (task.TouchedAt ?? task.CreatedAt) + _settings.DraftLife < now && !entry.IsReceiving)
            {
                LogDraftExpired(task.Id);
                _tasks.Request(task.Id, PendingAction.Remove, hide: true);
            }

            if (entry.Step is null && entry.NextLook <= now && TaskStep.IsNeeded(entry.Record))
            {
                var step = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                entry.Step = step;
                var worker = Task.Run(() => WorkAsync(entry, step), CancellationToken.None);
                _workers[task.Id] = worker;
                if (worker.IsCompleted)
                {
                    // It may have left the list before it was put there.
                    _workers.TryRemove(KeyValuePair.Create(task.Id, worker));
                }
            }
        }
    }

    private async Task WorkAsync(WebTaskEntry entry, CancellationTokenSource step)
    {
        var id = entry.Record.Id;
        entry.IsAsked = false;
        try
        {
            await _step.RunAsync(entry, step.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (step.IsCancellationRequested)
        {
            // A newer request is looked at next.
        }
#pragma warning disable CA1031 // One task must never take the daemon down, whatever goes wrong in it.
        catch (Exception exception)
        {
            LogStepBroke(id, exception);
            entry.NextLook = _time.GetUtcNow() + AfterFault;
        }
#pragma warning restore CA1031
        finally
        {
            _consoles.Rest(id);
            _workers.TryRemove(id, out _);
            entry.Step = null;
            step.Dispose();
        }

        // A request may have come when the step was past looking.
        if (entry.IsAsked)
        {
            _nudges.Nudge(id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Task {Task} of the WebODM interface was never committed and is removed")]
    private partial void LogDraftExpired(long task);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task {Task} of the WebODM interface: a step of the scheduler broke and is repeated")]
    private partial void LogStepBroke(long task, Exception exception);
}
