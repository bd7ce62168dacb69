namespace OdmNode.Tasks.Webhooks;

/// <summary>Decides which call is made when. Knows neither clock nor network: time comes in, counted from any fixed moment.</summary>
/// <remarks>Not safe for several threads at a time.</remarks>
internal sealed class WebhookQueue
{
    /// <summary>A call is tried so often in all.</summary>
    public const int MaxAttempts = 6;

    private const int AtOnce = 16;
    private const int AtOncePerHost = 2;

    /// <summary>How long a task's second call stands back for the first attempt of its first, so that they arrive in order.</summary>
    private static readonly TimeSpan StandBack = TimeSpan.FromSeconds(5);

    private readonly List<WebhookCall> _waiting = [];
    private readonly List<WebhookCall> _running = [];

    /// <summary>Number of calls owed.</summary>
    public int Count => _waiting.Count + _running.Count;

    /// <summary>The wait after so many failed attempts: 0, 0, 5, 10, 15, 20 s.</summary>
    public static TimeSpan WaitAfter(int attempts) => TimeSpan.FromSeconds(5 * Math.Max(0, attempts - 1));

    /// <summary>Takes a call on, fresh or from an earlier life of the node.</summary>
    public void Add(WebhookCall call, TimeSpan now)
    {
        var hasEarlier = call.Attempts == 0 && _waiting.Concat(_running).Any(other => other.Task == call.Task && other.Attempts == 0);
        call.Due = now + (hasEarlier ? StandBack : WaitAfter(call.Attempts));
        _waiting.Add(call);
    }

    /// <summary>
    /// The calls to begin now: those due longest first, as many as may run at once. A host that does not answer holds up only
    /// its own.
    /// </summary>
    public IReadOnlyList<WebhookCall> TakeDue(TimeSpan now)
    {
        var taken = new List<WebhookCall>();
        foreach (var call in _waiting.Where(call => call.Due <= now).OrderBy(call => call.Due).ToList())
        {
            if (_running.Count < AtOnce && _running.Count(other => other.Target.Authority == call.Target.Authority) < AtOncePerHost)
            {
                _waiting.Remove(call);
                _running.Add(call);
                taken.Add(call);
            }
        }

        return taken;
    }

    /// <summary>When to look again, if nothing ends before: the next moment a call becomes due. Null when none will.</summary>
    public TimeSpan? NextDue(TimeSpan now)
    {
        var later = _waiting.Where(call => call.Due > now).ToList();
        return later.Count > 0 ? later.Min(call => call.Due) : null;
    }

    /// <summary>A call was delivered or given up.</summary>
    public void Remove(WebhookCall call, TimeSpan now)
    {
        _running.Remove(call);
        ReleaseFollowers(call, now);
    }

    /// <summary>An attempt failed and another will follow.</summary>
    /// <returns>The wait before it.</returns>
    public TimeSpan Postpone(WebhookCall call, TimeSpan now)
    {
        _running.Remove(call);
        ReleaseFollowers(call, now);
        call.Attempts++;
        var wait = WaitAfter(call.Attempts);
        call.Due = now + wait;
        _waiting.Add(call);
        return wait;
    }

    private void ReleaseFollowers(WebhookCall call, TimeSpan now)
    {
        foreach (var follower in _waiting.Where(other => other.Task == call.Task && other.Attempts == 0 && other.Due > now))
        {
            follower.Due = now;
        }
    }
}
