using System.Diagnostics;
using System.Globalization;
using OdmNode.Testing.Surveys;

namespace OdmNode.Load;

/// <summary>Many clients poll, some upload, and the built-in engine works on a survey, all at once.</summary>
internal static class MixedLoad
{
    public static async Task MeasureAsync(LoadPlan plan, CancellationToken cancellationToken)
    {
        var survey = Path.Combine(plan.Work, "survey");
        SyntheticSurvey.Create(SyntheticSurveyOptions.Small).WriteTo(survey, Environment.ProcessorCount, cancellationToken);
        await using var node = await Daemon.StartAsync(plan, Path.Combine(plan.Work, "mixed"));
        var running = await SubmitAsync(node, Path.Combine(survey, SyntheticSurvey.ImagesFolder), cancellationToken);

        var idle = await PollAsync(plan with { Duration = TimeSpan.FromSeconds(3) }, node, running, cancellationToken);
        var processorTime = node.ProcessorTime;
        using var uploads = UploadLoad.Start(plan, node.Http.BaseAddress!);
        var busy = await PollAsync(plan, node, running, cancellationToken);
        var sent = await UploadLoad.EndAsync(uploads, cancellationToken);

        var code = Calls.Code(await Calls.GetAsync(node.Http, $"/task/{running}/info", cancellationToken));
        Console.WriteLine($"/info, {plan.Pollers} pollers and a running task:  {idle}");
        Console.WriteLine($"/info, and {plan.Uploads} uploads:  {busy}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"uploaded meanwhile: {sent} MiB; task still {(code == 20 ? "running" : $"not running (status {code})")}; no error"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"daemon: peak resident memory {node.PeakResidentBytes / 1048576.0:0} MiB, {(node.ProcessorTime - processorTime).TotalSeconds:0.0} CPU s in {plan.Duration.TotalSeconds:0} s"));
    }

    /// <summary>High settings, so that the task outlasts the load.</summary>
    private static async Task<string> SubmitAsync(Daemon node, string images, CancellationToken cancellationToken)
    {
        var uuid = await Calls.InitAsync(
            node.Http,
            """[{"name":"pc-quality","value":"ultra"},{"name":"feature-quality","value":"ultra"},{"name":"min-num-features","value":20000}]""",
            cancellationToken);
        foreach (var path in Directory.EnumerateFiles(images))
        {
            await Calls.UploadAsync(node.Http, uuid, Path.GetFileName(path), await File.ReadAllBytesAsync(path, cancellationToken), cancellationToken);
        }

        await Calls.CommitAsync(node.Http, uuid, cancellationToken);
        return uuid;
    }

    private static async Task<Latencies> PollAsync(LoadPlan plan, Daemon node, string uuid, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, plan.Pollers).Select(async poller =>
        {
            // Clients do not poll in step.
            await Task.Delay(plan.Pause * poller / plan.Pollers, cancellationToken);
            while (Stopwatch.GetElapsedTime(started) < plan.Duration)
            {
                var asked = Stopwatch.GetTimestamp();
                await Calls.GetAsync(node.Http, $"/task/{uuid}/info", cancellationToken);
                latencies.Add(asked);
                await Task.Delay(plan.Pause, cancellationToken);
            }
        }));
        return latencies;
    }
}
