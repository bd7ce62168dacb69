namespace OdmNode.Tasks.Queue;

/// <summary>One run of one task, from the start of the engine to the end of its processes.</summary>
internal sealed class TaskRun : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly CancellationTokenSource _stop = new();

    /// <param name="time">The clock.</param>
    /// <param name="onStageEnded">Told each stage of the run that ended, and its wall time.</param>
    public TaskRun(TimeProvider time, Action<string, TimeSpan> onStageEnded)
    {
        _time = time;
        _started = time.GetTimestamp();
        Outlook = new RunOutlook(time, onStageEnded);
    }

    /// <summary>Where the run is and how long it will take.</summary>
    public RunOutlook Outlook { get; }

    /// <summary>Cancelled when the run must end.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>True when the daemon stops and the task is to be taken up again.</summary>
    public bool IsShutdown { get; private set; }

    /// <summary>Why the run was stopped from within, for instance a full disk; null otherwise.</summary>
    public string? Fault { get; private set; }

    /// <summary>Ends when the run's processes are gone.</summary>
    public Task Completion { get; set; } = Task.CompletedTask;

    /// <summary>Time so far.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Whole milliseconds so far; -1 during the first second.</summary>
    public long ElapsedMilliseconds => FinalMilliseconds is var elapsed && elapsed < 1000 ? -1 : elapsed;

    /// <summary>Whole milliseconds at the end, however short the run was.</summary>
    public long FinalMilliseconds => (long)Elapsed.TotalMilliseconds;

    public void Cancel() => _ = _stop.CancelAsync();

    public void Shutdown()
    {
        IsShutdown = true;
        Cancel();
    }

    public void Fail(string fault)
    {
        Fault ??= fault;
        Cancel();
    }

    public void Dispose() => _stop.Dispose();
}
