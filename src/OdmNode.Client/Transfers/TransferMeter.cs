namespace OdmNode.Client.Transfers;

/// <summary>Counts the bytes of a transfer, from any thread, and tells about ten times a second, one call at a time.</summary>
internal sealed class TransferMeter(long total, long already, Action<TransferProgress> onProgress, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Queue<(long Time, long Bytes)> _samples = new([(time.GetTimestamp(), already)]);
    private long _bytes = already;
    private long _told = time.GetTimestamp();

    /// <summary>Bytes have moved; negative when they have to move again.</summary>
    public void Add(long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(Volatile.Read(ref _told), now) < Interval)
        {
            return;
        }

        lock (_gate)
        {
            if (time.GetElapsedTime(_told, now) >= Interval)
            {
                Tell(now);
            }
        }
    }

    /// <summary>Tells how the transfer stands, whenever that was told last.</summary>
    public void Tell()
    {
        lock (_gate)
        {
            Tell(time.GetTimestamp());
        }
    }

    private void Tell(long now)
    {
        Volatile.Write(ref _told, now);
        var bytes = Interlocked.Read(ref _bytes);
        _samples.Enqueue((now, bytes));
        while (_samples.Count > 2 && time.GetElapsedTime(_samples.Peek().Time, now) > Window)
        {
            _samples.Dequeue();
        }

        var first = _samples.Peek();
        var seconds = time.GetElapsedTime(first.Time, now).TotalSeconds;
        onProgress(new TransferProgress(bytes, total, seconds > 0 ? Math.Max(0, bytes - first.Bytes) / seconds : 0));
    }
}
