using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OdmNode.Core.Errors;
using OdmNode.Core.Identity;
using OdmNode.Tasks.Storage;

namespace OdmNode.Tasks.Webhooks;

/// <summary>Calls webhooks in the background until each has answered 200 or been tried six times.</summary>
/// <remarks>
/// A call is on the disk before anybody is told that it was accepted, with the number of attempts that failed, so a node that
/// is killed goes on where it was. An attempt that the end of the node cuts off is repeated: a call arrives at least once.
/// </remarks>
public sealed partial class WebhookSender : BackgroundService
{
    private readonly WebhookStore _store;
    private readonly WebhookPost _post;
    private readonly WebhookQueue _queue = new();
    private readonly TimeProvider _time;
    private readonly ILogger<WebhookSender> _log;
    private readonly long _epoch;
    private readonly ITimer _alarm;
    private readonly Lock _gate = new();
    private readonly Channel<bool> _wakeUps =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Takes up the calls of an earlier life; nothing is sent before the start.</summary>
    /// <param name="folders">Where the database lies.</param>
    /// <param name="time">The clock of waits and time limits.</param>
    /// <param name="log">Where failures are told; only hosts, never whole addresses.</param>
    /// <exception cref="OdmException">The database is damaged, or the disk is full.</exception>
    public WebhookSender(TaskFolders folders, TimeProvider time, ILogger<WebhookSender> log)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(time);
        (_time, _log, _epoch) = (time, log, time.GetTimestamp());
        _store = new WebhookStore(folders.Database);
        _post = new WebhookPost(time);
        _alarm = time.CreateTimer(_ => WakeUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var call in _store.Load())
        {
            _queue.Add(call, Now);
        }

        if (_queue.Count > 0)
        {
            LogLoaded(_queue.Count);
        }
    }

    /// <summary>Number of calls that are neither delivered nor given up.</summary>
    public int PendingCount
    {
        get
        {
            lock (_gate)
            {
                return _queue.Count;
            }
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_epoch);

    /// <summary>Owes a call to a target. On return it is on the disk; where the disk refuses it, it is made from memory.</summary>
    /// <param name="task">The task it tells of; calls of one task begin in the order of this method.</param>
    /// <param name="url">The target; null, empty, or anything but an http or https address is ignored.</param>
    /// <param name="body">JSON; must not be changed afterwards.</param>
    public void Enqueue(TaskId task, string? url, byte[] body)
    {
        if (string.IsNullOrEmpty(url))
        {
            return;
        }

        if (!WebhookTarget.TryParse(url, out var target))
        {
            LogIgnored(task, url.Length);
            return;
        }

        long? row = null;
        Keep(task, () => row = _store.Add(task, target, body));
        lock (_gate)
        {
            _queue.Add(new WebhookCall { Row = row, Task = task, Target = target, Body = body }, Now);
        }

        WakeUp();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _alarm.Dispose();
        _post.Dispose();
        _store.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var deliveries = new List<Task>();
        WakeUp();
        try
        {
            await foreach (var _ in _wakeUps.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
            {
                deliveries.RemoveAll(delivery => delivery.IsCompleted);
                deliveries.AddRange(TakeDue().Select(call => DeliverAsync(call, stoppingToken)));
            }
        }
        catch (OperationCanceledException)
        {
            // What is still owed is on the disk.
        }

        await Task.WhenAll(deliveries).ConfigureAwait(false);
    }

    private void WakeUp() => _wakeUps.Writer.TryWrite(true);

    private IReadOnlyList<WebhookCall> TakeDue()
    {
        lock (_gate)
        {
            var now = Now;
            var due = _queue.TakeDue(now);
            if (_queue.NextDue(now) is not { } next)
            {
                return due;
            }

            _alarm.Change(next - now, Timeout.InfiniteTimeSpan);
            if (Now >= next)
            {
                // The time came while the alarm was being set.
                WakeUp();
            }

            return due;
        }
    }

    private async Task DeliverAsync(WebhookCall call, CancellationToken stoppingToken)
    {
        string? failure;
        try
        {
            failure = await _post.SendAsync(call, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // One call must never end those of others, whatever goes wrong in it.
        catch (Exception exception)
        {
            LogBroke(call.Task, exception);
            failure = exception.GetType().Name;
        }
#pragma warning restore CA1031

        var target = WebhookTarget.Show(call.Target);
        var attempt = call.Attempts + 1;
        if (failure is null)
        {
            Settle(call);
            LogDelivered(call.Task, target);
        }
        else if (attempt == WebhookQueue.MaxAttempts)
        {
            Settle(call);
            LogGivenUp(call.Task, target, attempt, failure);
        }
        else
        {
            var wait = Postpone(call);
            LogFailed(call.Task, attempt, target, failure, wait.TotalSeconds);
        }

        WakeUp();
    }

    /// <summary>Nothing is owed any more. The disk comes first here and below: a call in the queue may begin at once.</summary>
    private void Settle(WebhookCall call)
    {
        if (call.Row is { } row)
        {
            Keep(call.Task, () => _store.Delete(row));
        }

        lock (_gate)
        {
            _queue.Remove(call, Now);
        }
    }

    /// <returns>The wait before the next attempt.</returns>
    private TimeSpan Postpone(WebhookCall call)
    {
        if (call.Row is { } row)
        {
            Keep(call.Task, () => _store.SaveAttempts(row, call.Attempts + 1));
        }

        lock (_gate)
        {
            return _queue.Postpone(call, Now);
        }
    }

    /// <summary>A disk that is full must neither end a task nor a delivery.</summary>
    private void Keep(TaskId task, Action write)
    {
        try
        {
            write();
        }
        catch (SqliteException exception)
        {
            LogNotSaved(task, exception.Message);
        }
    }
}
