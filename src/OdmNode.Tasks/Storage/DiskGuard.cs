using System.Globalization;

namespace OdmNode.Tasks.Storage;

/// <summary>Watches the free space of the data folder's disk; looked up at most once a second, because every upload asks.</summary>
public sealed class DiskGuard
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly long _minFreeBytes;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long _free;
    private long? _readAt;

    /// <param name="folder">A folder on the disk.</param>
    /// <param name="minFreeBytes">With less than this, new work is refused.</param>
    /// <param name="time">The clock.</param>
    public DiskGuard(string folder, long minFreeBytes, TimeProvider time) => (_folder, _minFreeBytes, _time) = (folder, minFreeBytes, time);

    /// <summary>Bytes that the node may use.</summary>
    public long FreeBytes
    {
        get
        {
            lock (_gate)
            {
                if (_readAt is not { } at || _time.GetElapsedTime(at) > MaxAge)
                {
                    _free = new DriveInfo(_folder).AvailableFreeSpace;
                    _readAt = _time.GetTimestamp();
                }

                return _free;
            }
        }
    }

    /// <summary>Bytes that may still be written before new work is refused.</summary>
    public long BytesToSpare => Math.Max(0, FreeBytes - _minFreeBytes);

    /// <summary>Why no new work is taken; null when there is room.</summary>
    public string? Refusal => FreeBytes is var free && free < _minFreeBytes
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"The disk of the node is nearly full: {Mebibytes(free)} MiB are free and {Mebibytes(_minFreeBytes)} MiB must stay so. It takes new work when room has been made.")
        : null;

    private static long Mebibytes(long bytes) => bytes >> 20;
}
