using System.Globalization;

namespace OdmNode.Api.Http;

/// <summary>The machine's memory, read at most once a second: clients ask with every poll.</summary>
public sealed class MachineInfo(TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private (long Total, long Available) _memory;
    private long _readAt;

    /// <summary>Total and available memory in bytes.</summary>
    public (long Total, long Available) Memory()
    {
        lock (_gate)
        {
            if (_readAt == 0 || time.GetElapsedTime(_readAt) > MaxAge)
            {
                _memory = Read();
                _readAt = time.GetTimestamp();
            }

            return _memory;
        }
    }

    private static (long Total, long Available) Read()
    {
        const string file = "/proc/meminfo";
        if (!File.Exists(file))
        {
            var gc = GC.GetGCMemoryInfo();
            return (gc.TotalAvailableMemoryBytes, gc.TotalAvailableMemoryBytes - gc.MemoryLoadBytes);
        }

        var lines = File.ReadAllLines(file);
        return (Value(lines, "MemTotal:"), Value(lines, "MemAvailable:"));
    }

    private static long Value(string[] lines, string key)
    {
        var line = Array.Find(lines, line => line.StartsWith(key, StringComparison.Ordinal));
        return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
