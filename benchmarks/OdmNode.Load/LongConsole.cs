using System.Diagnostics;
using System.Globalization;

namespace OdmNode.Load;

/// <summary>The end of a very long console, asked for as clients do.</summary>
internal static class LongConsole
{
    private const int Asked = 200;

    public static async Task MeasureAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        var engine = Path.Combine(plan.Work, "talkative.sh");
        await File.WriteAllTextAsync(
            engine, string.Create(CultureInfo.InvariantCulture, $"seq -f 'line %.0f of a console that goes on and on' 1 {plan.ConsoleLines}\nsleep 60\n"), cancellationToken);
        await using var node = await Daemon.StartAsync(plan, Path.Combine(plan.Work, "console"), "--engine-command", "/bin/bash " + engine);
        var before = node.PeakResidentBytes;
        var uuid = await Calls.InitAsync(node.Http, "[]", cancellationToken);
        await Calls.UploadAsync(node.Http, uuid, "a.jpg", [1], cancellationToken);
        await Calls.CommitAsync(node.Http, uuid, cancellationToken);
        var path = string.Create(CultureInfo.InvariantCulture, $"/task/{uuid}/output?line={plan.ConsoleLines - 10}");
        var started = Stopwatch.GetTimestamp();
        while ((await Calls.GetAsync(node.Http, path, cancellationToken)).GetArrayLength() < 10)
        {
            await Task.Delay(10, cancellationToken);
        }

        var taken = Stopwatch.GetElapsedTime(started);
        var after = node.PeakResidentBytes;
        var latencies = new Latencies();
        for (var i = 0; i < Asked; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            await Calls.GetAsync(node.Http, path, cancellationToken);
            latencies.Add(asked);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"console of {plan.ConsoleLines} lines, taken in within {taken.TotalSeconds:0.0} s, resident memory +{(after - before) / 1048576.0:0} MiB: the last 10 lines {latencies}"));
    }
}
