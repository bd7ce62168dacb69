using System.Collections.Concurrent;

namespace OdmNode.WebOdm.Accounts;

/// <summary>Slows the guessing of passwords down: so many failures for one address and one name, then a pause.</summary>
internal sealed class FailureLimit(TimeProvider time)
{
    /// <summary>Failures that are let pass within <see cref="Window"/>.</summary>
    public const int MaxFailures = 10;

    /// <summary>More entries than this are swept.</summary>
    private const int SweepAbove = 10_000;

    /// <summary>The time over which failures are counted, from the first one on.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Address, string Name), (int Count, DateTimeOffset Since)> _failures = new();

    /// <summary>How long that caller must wait; null when another attempt may be made.</summary>
    public TimeSpan? Wait(string address, string name) =>
        _failures.TryGetValue((address, name), out var seen) && seen.Count >= MaxFailures && seen.Since + Window - time.GetUtcNow() is var left && left > TimeSpan.Zero
            ? left
            : null;

    /// <summary>An attempt failed.</summary>
    public void Failed(string address, string name)
    {
        var now = time.GetUtcNow();
        if (_failures.Count > SweepAbove)
        {
            foreach (var (key, seen) in _failures)
            {
                if (now - seen.Since > Window)
                {
                    _failures.TryRemove(key, out _);
                }
            }
        }

        _failures.AddOrUpdate((address, name), (1, now), (_, seen) => now - seen.Since > Window ? (1, now) : (seen.Count + 1, seen.Since));
    }

    /// <summary>An attempt succeeded: the count begins anew.</summary>
    public void Succeeded(string address, string name) => _failures.TryRemove((address, name), out _);
}
