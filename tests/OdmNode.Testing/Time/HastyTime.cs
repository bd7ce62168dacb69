namespace OdmNode.Testing.Time;

/// <summary>A clock on which two seconds pass between any two looks, so that nothing is put off because it was done a moment ago.</summary>
public sealed class HastyTime : TimeProvider
{
    private long _seconds;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Add(ref _seconds, 2);
}
