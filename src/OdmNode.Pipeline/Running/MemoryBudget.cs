using System.Globalization;

namespace OdmNode.Pipeline.Running;

/// <summary>How much memory this machine can give to a run, measured once at its start.</summary>
public static class MemoryBudget
{
    /// <summary>Share of the memory that is free at the start; the rest stays for what is not counted and for the page cache.</summary>
    public const double DefaultShare = 0.6;

    /// <summary>A share of what is free, in bytes: the smallest of what the system and the control group leave.</summary>
    public static long Measure(double share = DefaultShare) => (long)(share * AvailableBytes());

    /// <summary>Bytes that can be used without pushing others out.</summary>
    public static long AvailableBytes()
    {
        long available = FromMemInfo("MemAvailable:") ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        long? group = GroupRoom("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current")
            ?? GroupRoom("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes");
        return group is { } room ? Math.Min(available, room) : available;
    }

    /// <summary>All memory that this process may ever see, bytes.</summary>
    public static long TotalBytes() => FromMemInfo("MemTotal:") ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Largest resident size of this process so far, bytes.</summary>
    public static long PeakResidentBytes() =>
        FromFile("/proc/self/status", "VmHWM:") ?? Environment.WorkingSet;

    private static long? FromMemInfo(string field) => FromFile("/proc/meminfo", field);

    private static long? FromFile(string path, string field)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        foreach (string line in File.ReadLines(path))
        {
            if (line.StartsWith(field, StringComparison.Ordinal))
            {
                string number = line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
                return long.Parse(number, CultureInfo.InvariantCulture) * 1024;
            }
        }

        return null;
    }

    private static long? GroupRoom(string limitPath, string usagePath) =>
        ReadNumber(limitPath) is { } limit && ReadNumber(usagePath) is { } usage ? Math.Max(0, limit - usage) : null;

    private static long? ReadNumber(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        string text = File.ReadAllText(path).Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
    }
}
