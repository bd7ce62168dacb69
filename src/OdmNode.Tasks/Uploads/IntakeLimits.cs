using OdmNode.Core.Archives;

namespace OdmNode.Tasks.Uploads;

/// <summary>How much a node takes in from an address that a client names and from archives, and how long it waits for it.</summary>
public sealed record IntakeLimits
{
    /// <summary>Largest archive that is fetched, bytes.</summary>
    public long MaxArchiveBytes { get; init; } = 100L << 30;

    /// <summary>Bytes of the disk that neither a download nor an archive may use up.</summary>
    public long DiskReserveBytes { get; init; } = 1L << 30;

    /// <summary>How long a connection may take to come about.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the other side may be silent.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most redirects that are followed.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>How often a transfer is begun in all, when it breaks off.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>The wait before a broken transfer goes on.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes that may be written to the disk of a folder now.</summary>
    /// <param name="folder">An existing folder.</param>
    internal long RoomIn(string folder) => Math.Max(0, new DriveInfo(folder).AvailableFreeSpace - DiskReserveBytes);

    /// <summary>How much an archive may unpack to in a folder now.</summary>
    internal ArchiveLimits UnpackingIn(string folder) => new() { MaxBytes = RoomIn(folder) };
}
