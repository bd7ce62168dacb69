namespace OdmNode.WebOdm.Tasks;

/// <summary>A task in memory: its record and the work that goes on for it. Changed only by <see cref="WebTasks"/> and the scheduler.</summary>
internal sealed class WebTaskEntry(WebTask record)
{
    private volatile WebTask _record = record;
    private volatile bool _isAsked;
    private int _transfers;

    /// <summary>The current record; immutable.</summary>
    public WebTask Record
    {
        get => _record;
        set => _record = value;
    }

    /// <summary>True while files are being received; they are not sent on before that has ended.</summary>
    public bool IsReceiving => Volatile.Read(ref _transfers) > 0;

    /// <summary>The step that goes on; null for none.</summary>
    public CancellationTokenSource? Step { get; set; }

    /// <summary>True when a request has come since the last step began.</summary>
    public bool IsAsked
    {
        get => _isAsked;
        set => _isAsked = value;
    }

    /// <summary>When the scheduler looks again without being asked to.</summary>
    public DateTimeOffset NextLook { get; set; }

    /// <summary>A request begins to send files.</summary>
    public void BeginReceiving() => Interlocked.Increment(ref _transfers);

    /// <summary>It has ended.</summary>
    public void EndReceiving() => Interlocked.Decrement(ref _transfers);
}
