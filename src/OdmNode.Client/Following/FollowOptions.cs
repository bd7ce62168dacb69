namespace OdmNode.Client.Following;

/// <summary>How a task is followed.</summary>
public sealed record FollowOptions
{
    /// <summary>Time between two questions for the state, and for the console where the node does not stream it.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the node may stay out of reach before following fails; the task goes on in any case.</summary>
    public TimeSpan OutageLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The first pause before another attempt; the next ones grow.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest silence of a streamed console; nodes send a sign of life every 15 seconds.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(45);
}
