using System.Globalization;

namespace OdmNode.Accuracy.Measuring;

/// <summary>One process as /proc shows it.</summary>
/// <param name="Id">Process id.</param>
/// <param name="ParentId">Process id of the parent.</param>
/// <param name="CpuSeconds">User and system time, its own threads and the children it has waited for.</param>
/// <param name="ResidentBytes">Now (VmRSS).</param>
/// <param name="PeakResidentBytes">Ever (VmHWM).</param>
internal sealed record ProcessSnapshot(int Id, int ParentId, double CpuSeconds, long ResidentBytes, long PeakResidentBytes)
{
    private const double TicksPerSecond = 100;

    /// <summary>A process and all that descend from it; empty when it has ended.</summary>
    public static IReadOnlyList<ProcessSnapshot> Tree(int rootId)
    {
        var byParent = new Dictionary<int, List<int>>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && ReadStat(id) is { } stat)
            {
                if (!byParent.TryGetValue(stat.Parent, out List<int>? children))
                {
                    byParent[stat.Parent] = children = [];
                }

                children.Add(id);
            }
        }

        var found = new List<ProcessSnapshot>();
        var open = new Queue<int>([rootId]);
        while (open.TryDequeue(out int id))
        {
            if (Read(id) is { } process)
            {
                found.Add(process);
            }

            foreach (int child in byParent.GetValueOrDefault(id) ?? [])
            {
                open.Enqueue(child);
            }
        }

        return found;
    }

    private static ProcessSnapshot? Read(int id)
    {
        if (ReadStat(id) is not { } stat)
        {
            return null;
        }

        long resident = 0;
        long peak = 0;
        try
        {
            foreach (string line in File.ReadLines($"/proc/{id}/status"))
            {
                if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                {
                    resident = Kibibytes(line);
                }
                else if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                {
                    peak = Kibibytes(line);
                }
            }
        }
        catch (IOException)
        {
            // It ended while it was read.
            return null;
        }

        return new ProcessSnapshot(id, stat.Parent, stat.CpuSeconds, resident, peak);
    }

    private static (int Parent, double CpuSeconds)? ReadStat(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            // The name in parentheses may hold spaces; fields count from behind it. proc(5): 4 ppid, 14 utime ... 17 cstime.
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            double ticks = 0;
            for (int field = 14; field <= 17; field++)
            {
                ticks += double.Parse(fields[field - 3], CultureInfo.InvariantCulture);
            }

            return (int.Parse(fields[1], CultureInfo.InvariantCulture), ticks / TicksPerSecond);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long Kibibytes(string line) =>
        1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
