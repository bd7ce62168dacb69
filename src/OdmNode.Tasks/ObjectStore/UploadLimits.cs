namespace OdmNode.Tasks.ObjectStore;

/// <summary>The numbers of an upload: the protocol's, unless a test makes them smaller.</summary>
internal sealed record UploadLimits
{
    private const long Mebibyte = 1 << 20;

    /// <summary>Share of the available memory that the parts under way may fill together.</summary>
    private const int MemoryDivisor = 2;

    /// <summary>Files that are uploaded at the same time.</summary>
    public int FilesAtOnce { get; init; } = 4;

    /// <summary>Parts of one file that are uploaded at the same time.</summary>
    public int PartsAtOnce { get; init; } = 4;

    /// <summary>Bytes of the smallest part that a store accepts, the last one of a file excepted.</summary>
    public long SmallestPart { get; init; } = 5 * Mebibyte;

    /// <summary>Bytes of the largest part that is chosen freely: what is lost when one fails.</summary>
    public long LargestPart { get; init; } = 100 * Mebibyte;

    /// <summary>The most parts that a store takes for one file.</summary>
    public int MostParts { get; init; } = 10_000;

    /// <summary>How often a file is tried again.</summary>
    public int Retries { get; init; } = 6;

    /// <summary>Wait before the first retry; each further one is twice as long.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A request on which nothing has moved for so long is given up, and counts as failed.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The same for the test object: the start of the node waits for it.</summary>
    public TimeSpan CheckSilence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long withdrawing a half uploaded file may take after a failure.</summary>
    public TimeSpan WithdrawalAfterFailure { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same when the task was cancelled or the node stops, which must be over within a second.</summary>
    public TimeSpan WithdrawalAfterCancel { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Bytes of a part of a file, so that parts are large, fit in memory, and are no more than a store takes.</summary>
    /// <remarks>
    /// Parts are read from disk as they are sent, so they need no memory of this process. Over plain http they are read twice,
    /// for the signature and for sending: the second time is free as long as the system can hold all parts under way in its cache.
    /// </remarks>
    /// <param name="fileBytes">Length of the file.</param>
    /// <param name="availableBytes">Memory that is free now.</param>
    public long PartSize(long fileBytes, long availableBytes)
    {
        var fitting = availableBytes / (MemoryDivisor * FilesAtOnce * PartsAtOnce);
        var needed = (fileBytes + MostParts - 1) / MostParts;
        return Math.Max(Math.Clamp(fitting, SmallestPart, LargestPart), needed);
    }
}
