using OdmNode.Core.Options;

namespace OdmNode.Client;

/// <summary>What is asked of a node when a task is created, apart from the files.</summary>
public sealed record TaskRequest
{
    /// <summary>The id that the task shall have, a UUID of version 1 to 7; null lets the node choose.</summary>
    public string? Uuid { get; init; }

    /// <summary>The task's name; empty lets the node choose.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Options of the engine, validated.</summary>
    public IReadOnlyList<OptionValue> Options { get; init; } = [];

    /// <summary>Leaves out the automatic options and what some nodes do after the engine.</summary>
    public bool SkipPostProcessing { get; init; }

    /// <summary>Called by the node when the task has ended; null for none.</summary>
    public string? Webhook { get; init; }

    /// <summary>Paths in the task's folder that shall make up <c>all.zip</c>; empty for the usual ones.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Replaces the time of creation; null for now.</summary>
    public DateTimeOffset? DateCreated { get; init; }

    /// <summary>An archive of photos for the node to fetch; only with creation in a single request.</summary>
    public Uri? ZipUrl { get; init; }
}
