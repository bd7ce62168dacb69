namespace OdmNode.Load;

/// <summary>What is done to the node. Everything is bounded in count and time.</summary>
internal sealed record LoadPlan
{
    /// <summary>The program under load.</summary>
    public required string Program { get; init; }

    /// <summary>Where its data and the plain copies go: the disk that is measured.</summary>
    public required string Work { get; init; }

    /// <summary>Length of the mixed load.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Clients that poll.</summary>
    public required int Pollers { get; init; }

    /// <summary>Time between two polls of one client.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>Uploads at the same time.</summary>
    public required int Uploads { get; init; }

    /// <summary>Bytes of each uploaded photo.</summary>
    public required int PhotoBytes { get; init; }

    /// <summary>Lines of the long console.</summary>
    public required int ConsoleLines { get; init; }

    /// <summary>Clients that ask for tiles at the same time.</summary>
    public required int TileClients { get; init; }
}
