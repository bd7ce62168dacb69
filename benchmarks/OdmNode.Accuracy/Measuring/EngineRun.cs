using System.Diagnostics;

namespace OdmNode.Accuracy.Measuring;

/// <summary>The product at work on one project folder, measured from the outside.</summary>
internal sealed class EngineRun
{
    public required int ExitCode { get; init; }

    /// <summary>From start to end of the child process.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Of all processes, up to a tenth of a second before the end.</summary>
    public required double CpuSeconds { get; init; }

    public required long PeakResidentBytes { get; init; }

    /// <summary>Processor seconds between two moments.</summary>
    public required Func<DateTimeOffset, DateTimeOffset, double> CpuBetween { get; init; }

    /// <summary>Runs <c>odmnode run</c> and copies its console to a file.</summary>
    public static async Task<EngineRun> ExecuteAsync(
        string program, string projectPath, string name, IReadOnlyList<string> options, string consoleFile)
    {
        var start = new ProcessStartInfo(program, ["run", "--project-path", projectPath, name, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        await using TextWriter console = TextWriter.Synchronized(new StreamWriter(consoleFile) { AutoFlush = true });
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var meter = new ProcessTreeMeter(process.Id, countRoot: true);
        await Task.WhenAll(CopyAsync(process.StandardOutput, console), CopyAsync(process.StandardError, console));
        await process.WaitForExitAsync();
        return new EngineRun
        {
            ExitCode = process.ExitCode,
            WallSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
            CpuSeconds = meter.CpuSeconds,
            PeakResidentBytes = meter.PeakResidentBytes,
            CpuBetween = (from, to) => meter.CpuSecondsAt(to) - meter.CpuSecondsAt(from),
        };
    }

    private static async Task CopyAsync(StreamReader reader, TextWriter writer)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            await writer.WriteLineAsync(line);
        }
    }
}
