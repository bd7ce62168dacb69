using OdmNode.Client;
using OdmNode.Client.Transfers;
using OdmNode.Core.Hashing;

namespace OdmNode.Verbs;

/// <summary>What is to be submitted, and how.</summary>
internal sealed record SubmissionOrder
{
    /// <summary>Folder of photos; null where the node fetches <see cref="TaskRequest.ZipUrl"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>Folder for the results and for what is remembered until they are there.</summary>
    public required string Output { get; init; }

    /// <summary>The task to be created.</summary>
    public required TaskRequest Request { get; init; }

    /// <summary>A task or an open upload of the node to go on with; null for the one that is remembered.</summary>
    public string? ResumedId { get; init; }

    /// <summary>Nothing that is remembered counts.</summary>
    public bool StartsAnew { get; init; }

    /// <summary>Removes the task from the node when the results are here.</summary>
    public bool RemovesTask { get; init; }

    /// <summary>Shows every console line of the engine, not only the bar.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>How files are sent.</summary>
    public UploadOptions Upload { get; init; } = new();

    /// <summary>How the results are fetched.</summary>
    public DownloadOptions Download { get; init; } = new();

    /// <summary>Tells whether a later order is the same: same node, same photos, same wishes.</summary>
    public string KeyFor(Uri node)
    {
        using var key = new KeyBuilder();
        key.Add(node.AbsoluteUri)
            .Add(Folder is null ? string.Empty : Path.GetFullPath(Folder))
            .Add(Request.ZipUrl?.AbsoluteUri ?? string.Empty)
            .Add(Request.Name)
            .Add(Request.Webhook ?? string.Empty)
            .Add(Request.Outputs.Count);
        foreach (var path in Request.Outputs)
        {
            key.Add(path);
        }

        foreach (var option in Request.Options)
        {
            key.Add(option.ToString());
        }

        return key.ToKey().Hex;
    }
}
