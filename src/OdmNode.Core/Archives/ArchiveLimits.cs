namespace OdmNode.Core.Archives;

/// <summary>How much an archive from outside may unpack to. What its headers announce and what really comes out are both held to it.</summary>
public sealed record ArchiveLimits
{
    /// <summary>Most bytes of all files together, those that are overwritten included.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Most entries, and most files and folders made from them.</summary>
    public int MaxEntries { get; init; } = 200_000;

    /// <summary>Bytes that may come out of an archive of any size; above it <see cref="MaxRatio"/> counts.</summary>
    public long FreeBytes { get; init; } = 1L << 30;

    /// <summary>Most bytes of content for each byte of the archive. Deflate reaches about 1000 on zeros, photos and rasters rarely 20.</summary>
    public int MaxRatio { get; init; } = 200;
}
