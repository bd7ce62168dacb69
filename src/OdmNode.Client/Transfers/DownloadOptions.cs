namespace OdmNode.Client.Transfers;

/// <summary>How results are fetched.</summary>
public sealed record DownloadOptions
{
    /// <summary>Requests at the same time, where the node serves parts.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Bytes of a part.</summary>
    public int ChunkBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How long the node may send nothing before the download fails; a node that is started again in between does no harm.</summary>
    public TimeSpan OutageLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The first pause before another attempt; the next ones grow.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);
}
