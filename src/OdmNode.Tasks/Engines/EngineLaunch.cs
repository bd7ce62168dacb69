namespace OdmNode.Tasks.Engines;

/// <summary>How to start the engine: the built-in one or any ODM-compatible command.</summary>
public sealed record EngineLaunch
{
    /// <summary>The UDP port to which engines of other makers report their progress.</summary>
    public const int OdmProgressPort = 6367;

    /// <summary>The program, absolute or found on the path.</summary>
    public required string Program { get; init; }

    /// <summary>Arguments before all others, such as the verb <c>run</c>.</summary>
    public IReadOnlyList<string> LeadingArguments { get; init; } = [];

    /// <summary>Working directory of the engine; null for the daemon's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What <c>/info</c> calls the engine: a lower-case identifier.</summary>
    public required string Name { get; init; }

    /// <summary>What <c>/info</c> says as the engine's version; at most 32 characters.</summary>
    public required string Version { get; init; }

    /// <summary>Port on which progress is listened for; 0 for any free one, which the engine learns from its environment.</summary>
    public int ProgressPort { get; init; }
}
