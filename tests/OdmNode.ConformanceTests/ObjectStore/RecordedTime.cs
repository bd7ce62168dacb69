using System.Collections.Concurrent;

namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>A clock on which the waits between attempts are over at once, and written down. All other timers run as ever.</summary>
internal sealed class RecordedTime : TimeProvider
{
    private static readonly TimeSpan[] Retries = [.. Enumerable.Range(1, 6).Select(n => TimeSpan.FromSeconds(1 << n))];

    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    /// <summary>The waits in seconds, in their order.</summary>
    public double[] Waits => [.. _waits.Select(wait => wait.TotalSeconds)];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!Retries.Contains(dueTime))
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        _waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
