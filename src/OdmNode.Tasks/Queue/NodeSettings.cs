using OdmNode.Core.Options;
using OdmNode.Tasks.Engines;

namespace OdmNode.Tasks.Queue;

/// <summary>What the operator decides about a node.</summary>
public sealed record NodeSettings
{
    /// <summary>The data folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The engine to start for each task.</summary>
    public required EngineLaunch Engine { get; init; }

    /// <summary>The options that engine knows.</summary>
    public OptionCatalogue Options { get; init; } = OptionCatalogue.BuiltIn;

    /// <summary>Number of tasks processed at the same time; at least 1.</summary>
    public int ParallelTasks { get; init; } = 1;

    /// <summary>Most images per task; null for no limit.</summary>
    public int? MaxImages { get; init; }

    /// <summary>The secret that clients must send; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>How long a cancelled engine may tidy up before it is killed.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The same when the daemon stops: its own end must come within a second.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromMilliseconds(500);
}
