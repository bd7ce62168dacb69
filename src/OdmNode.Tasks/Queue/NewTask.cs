using OdmNode.Core.Identity;
using OdmNode.Core.Options;

namespace OdmNode.Tasks.Queue;

/// <summary>A task as it is handed in, validated.</summary>
public sealed record NewTask
{
    /// <summary>The id of the upload that holds the files.</summary>
    public required TaskId Id { get; init; }

    /// <summary>Empty for a name made from the time.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Validated options.</summary>
    public IReadOnlyList<OptionValue> Options { get; init; } = [];

    /// <summary>Names of options that the engine does not know; the protocol lets them pass, the console names them.</summary>
    public IReadOnlyList<string> UnknownOptions { get; init; } = [];

    /// <summary>Paths that replace the usual content of the archive.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>True to add no options of the node.</summary>
    public bool SkipPostProcessing { get; init; }

    /// <summary>Address to call at the end; null for none.</summary>
    public string? Webhook { get; init; }

    /// <summary>Address of an archive of photos to fetch; null for none.</summary>
    public string? ZipUrl { get; init; }

    /// <summary>A creation time given by the client; null for now.</summary>
    public DateTimeOffset? DateCreated { get; init; }
}
