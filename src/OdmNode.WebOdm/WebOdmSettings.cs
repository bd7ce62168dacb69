namespace OdmNode.WebOdm;

/// <summary>What the operator decides about the WebODM face.</summary>
public sealed record WebOdmSettings
{
    /// <summary>Name of the first user, an administrator.</summary>
    public string UserName { get; init; } = "admin";

    /// <summary>That user's password, set at every start; null for one that is made up at the first start and written to a file.</summary>
    public string? Password { get; init; }

    /// <summary>Takes the name and the made-up password of the first user, once, to show them to whoever starts the server; never to log them.</summary>
    public Action<string, string> ShowFirstPassword { get; init; } = static (_, _) => { };

    /// <summary>How long a token is good for.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromHours(6);

    /// <summary>True to answer the list of projects in pages even when no page was asked for, as servers before August 2021 did.</summary>
    public bool AlwaysPaginate { get; init; }

    /// <summary>Time after the last upload in which a task created in steps must be committed.</summary>
    public TimeSpan DraftLife { get; init; } = TimeSpan.FromHours(72);

    /// <summary>Silence of a node after which it counts as offline.</summary>
    public TimeSpan NodeSilence { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time between two looks at a task that is on another machine.</summary>
    public TimeSpan RemotePoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two questions to a node about itself.</summary>
    public TimeSpan NodeRefresh { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Memory for tiles that were rendered, bytes.</summary>
    public long TileCacheBytes { get; init; } = 16L << 20;
}
