using System.Globalization;
using OdmNode.Tasks.Lifecycle;

namespace OdmNode.Tasks.Queue;

/// <content>What happens by the clock: saving, limits of time, removal of what is old.</content>
public sealed partial class NodeTasks
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CleanupInterval = TimeSpan.FromMinutes(1);

    /// <summary>How a task stands in detail.</summary>
    public TaskOutlook Outlook(NodeTask task)
    {
        var record = task.Record;
        var outlook = record.State.IsInSlot && task.Run is { } run ? run.Outlook.Describe() : new TaskOutlook();
        return outlook with
        {
            QueuePosition = record.State.Status == NodeTaskStatus.Queued
                ? 1 + Waiting().Count(other => other.Record.Sequence < record.Sequence)
                : null,
            Expires = ExpiryOf(record),
        };
    }

    /// <summary>Tasks and uploads by state and disk, for monitoring.</summary>
    public void ObserveMetrics()
    {
        var counts = _tasks.CountBy(entry => entry.Value.Record.State.Status).ToDictionary();
        _metrics.Observe(counts, _uploads.Count, Disk.FreeBytes);
    }

    private async Task KeepUpAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SaveInterval, _time);
        var cleaned = _time.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                CancelOverdue();
                SaveDirty();
                if (_time.GetElapsedTime(cleaned) >= CleanupInterval)
                {
                    cleaned = _time.GetTimestamp();
                    RemoveExpired();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops; StopAsync saves once more.
        }
    }

    private void CancelOverdue()
    {
        if (_settings.MaxRuntime is not { } limit)
        {
            return;
        }

        foreach (var task in List())
        {
            if (task.Run is { } run && task.Record.State.IsInSlot && run.Elapsed > limit)
            {
                var minutes = Math.Ceiling(run.Elapsed.TotalMinutes).ToString(CultureInfo.InvariantCulture);
                TaskProcessor.Print(task, run, $"Task timed out after {minutes} minutes.");
                Cancel(task.Record.Id.Value);
            }
        }
    }

    /// <summary>Removes tasks that ended long ago and uploads that nobody went on with.</summary>
    private void RemoveExpired()
    {
        var now = _time.GetUtcNow();
        foreach (var task in List().Where(task => ExpiryOf(task.Record) <= now))
        {
            LogExpired(task.Record.Id);
            _ = RemoveAsync(task.Record.Id.Value);
        }

        if (_settings.CleanupUploadsAfter is { } age)
        {
            foreach (var id in _uploads.DiscardUntouchedSince(now - age))
            {
                LogUploadExpired(id);
            }
        }
    }

    /// <summary>Counted from the real end: a creation time may come from the client.</summary>
    private DateTimeOffset? ExpiryOf(TaskRecord record) =>
        record.State.Phase == TaskPhase.Ended && record.EndedAt is { } end && _settings.CleanupTasksAfter is { } age ? end + age : null;

    private void SaveDirty()
    {
        lock (_gate)
        {
            foreach (var id in _toForget.ToList())
            {
                Forget(id);
            }

            foreach (var task in _tasks.Values.Where(task => task.IsDirty))
            {
                if (task.Run is { } run && task.Record.State.IsInSlot)
                {
                    task.Record = task.Record with { ProcessingTimeMilliseconds = run.ElapsedMilliseconds };
                }

                // Mere progress need not wait for the disk: a sync would hold up the uploads that the disk is busy with.
                Save(task, isLasting: task.IsUnsaved);
            }
        }
    }
}
