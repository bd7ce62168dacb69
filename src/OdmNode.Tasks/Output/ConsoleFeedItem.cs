namespace OdmNode.Tasks.Output;

/// <summary>What happens on a console that is followed.</summary>
public enum ConsoleFeedKind
{
    /// <summary>A line and its number.</summary>
    Line,

    /// <summary>Nothing has happened for a while.</summary>
    Quiet,

    /// <summary>The task runs anew: numbers begin at 0 again.</summary>
    Restart,

    /// <summary>The task has ended and all its lines were given; the number is its status code. Nothing follows.</summary>
    End,

    /// <summary>The task was removed. Nothing follows.</summary>
    Gone,
}

/// <summary>One thing that happened.</summary>
public readonly record struct ConsoleFeedItem(ConsoleFeedKind Kind, long Number = 0, string Text = "");
