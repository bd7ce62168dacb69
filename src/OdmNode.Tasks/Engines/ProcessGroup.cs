using System.Globalization;
using System.Runtime.InteropServices;
using OdmNode.Tasks.Lifecycle;

namespace OdmNode.Tasks.Engines;

/// <summary>Signals to an engine and everything it started. An engine leads a process group of its own.</summary>
internal static class ProcessGroup
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private const string OomScore = "500";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(25);

    /// <summary>The identity of a running process; null when it has gone.</summary>
    public static ProcessIdentity? Identify(int pid) => StartTicks(pid) is { } ticks ? new ProcessIdentity(pid, ticks) : null;

    /// <summary>Makes a process, and what it starts from now on, the first to go when the machine runs out of memory; the daemon must outlive it.</summary>
    public static void OfferToMemoryKiller(int pid)
    {
        try
        {
            File.WriteAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/oom_score_adj"), OomScore);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process has gone already, or the system has no such file; then the kernel chooses by size, which names the engine too.
        }
    }

    /// <summary>Asks the group to stop.</summary>
    public static void RequestStop(int pid) => Signal(pid, Terminate);

    /// <summary>Ends the group at once.</summary>
    public static void ForceStop(int pid) => Signal(pid, Kill);

    /// <summary>Ends a group left over by an earlier daemon, if its leader still is the process that was recorded.</summary>
    public static async Task EndLeftoverAsync(ProcessIdentity identity, CancellationToken cancellationToken)
    {
        while (StartTicks(identity.Pid) == identity.StartTicks)
        {
            ForceStop(identity.Pid);
            await Task.Delay(Poll, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Signal(int pid, int signal)
    {
        // Process number 1 and below would address other groups than the engine's.
        if (pid > 1)
        {
            _ = NativeKill(-pid, signal);
        }
    }

    /// <summary>Field 22 of /proc/PID/stat; the name in field 2 may hold blanks and brackets, so counting starts behind it. Zombies count as gone.</summary>
    private static long? StartTicks(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeKill(int pid, int signal);
}
