namespace OdmNode.Client.Following;

/// <summary>Hands on what is learnt of a task, one call at a time, and remembers what the console said of the stage.</summary>
internal sealed class FollowReport(Action<FollowedTask> onState, Action<string> onLine)
{
    private readonly Lock _gate = new();
    private FollowedTask? _last;
    private string _stage = string.Empty;

    /// <summary>What the console named last.</summary>
    public string Stage
    {
        get
        {
            lock (_gate)
            {
                return _stage;
            }
        }
    }

    public void Line(string text)
    {
        lock (_gate)
        {
            _stage = TaskFollower.StageOf(text) ?? _stage;
            onLine(text);
        }
    }

    public void State(FollowedTask state)
    {
        lock (_gate)
        {
            _last = state;
            onState(state);
        }
    }

    /// <summary>The node does not answer.</summary>
    public void OutOfReach()
    {
        lock (_gate)
        {
            if (_last is { } known)
            {
                onState(known with { IsOutOfReach = true });
            }
        }
    }
}
