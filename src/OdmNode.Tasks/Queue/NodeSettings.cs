using System.Net;
using OdmNode.Core.Options;
using OdmNode.Tasks.Engines;
using OdmNode.Tasks.ObjectStore;

namespace OdmNode.Tasks.Queue;

/// <summary>What the operator decides about a node.</summary>
public sealed record NodeSettings
{
    /// <summary>The version of the NodeODM protocol that the node speaks.</summary>
    public const string ProtocolVersion = "2.2.4";

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

    /// <summary>Most threads a task may ask for with <c>max-concurrency</c>, and what it gets when it does not ask; null for no limit.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Longest run of a task, after which it is cancelled; null for no limit.</summary>
    public TimeSpan? MaxRuntime { get; init; }

    /// <summary>Time from the end of a task to its removal with all results; null for never.</summary>
    public TimeSpan? CleanupTasksAfter { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Time without any change after which an upload that was never committed is deleted; null for never.</summary>
    public TimeSpan? CleanupUploadsAfter { get; init; } = TimeSpan.FromDays(2);

    /// <summary>Bytes of disk that stay free: with less the node takes no new work.</summary>
    public long MinFreeBytes { get; init; } = 1L << 30;

    /// <summary>The secret that clients must send; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Addresses that may use the token; empty for all.</summary>
    public IReadOnlyList<IPAddress> AuthorizedAddresses { get; init; } = [];

    /// <summary>Address that is called at the end of every run; null for none.</summary>
    public string? Webhook { get; init; }

    /// <summary>Where results are uploaded to besides; null for nowhere.</summary>
    public S3Settings? ObjectStore { get; init; }

    /// <summary>Results that are made up instead of processing; null for a node that works.</summary>
    public TestMode? Test { get; init; }

    /// <summary>How long a cancelled engine may tidy up before it is killed.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The same when the daemon stops: its own end must come within a second.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromMilliseconds(500);
}
