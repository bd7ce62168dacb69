namespace OdmNode.Client.Transfers;

/// <summary>How files are sent.</summary>
public sealed record UploadOptions
{
    /// <summary>Files on their way at the same time.</summary>
    public int ParallelFiles { get; init; } = 6;

    /// <summary>Further attempts for each file, and for opening and committing the upload.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>The first pause before another attempt; the next ones grow.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Sessions that are tried, when attempts for one file were in vain and the node can tell what it holds.</summary>
    public int Sessions { get; init; } = 3;
}
