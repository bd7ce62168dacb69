namespace OdmNode.Client.Retrying;

/// <summary>How long a node may stay out of reach. Shared by all requests that belong to one piece of work.</summary>
internal sealed class Patience(TimeSpan limit, TimeProvider time)
{
    private long _heard = time.GetTimestamp();

    /// <summary>True when the node was not heard of for too long.</summary>
    public bool IsOver => time.GetElapsedTime(Volatile.Read(ref _heard)) > limit;

    /// <summary>The node gave a sign of life.</summary>
    public void Hear() => Volatile.Write(ref _heard, time.GetTimestamp());
}
