using System.Diagnostics;
using System.Globalization;
using OdmNode.Testing.Network;

namespace OdmNode.Accuracy.Measuring;

/// <summary>A whole task as a user sees it: upload, processing, download, through a node on the loopback interface.</summary>
internal static class NodeRun
{
    /// <returns>Wall seconds of <c>odmnode submit</c>, and what all engine processes together used.</returns>
    public static async Task<(double WallSeconds, long PeakEngineBytes)> ExecuteAsync(
        string program, string images, string dataFolder, string output, IReadOnlyList<string> options)
    {
        string port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        using Process node = Start(program, ["serve", "--port", port, "--data", dataFolder]);
        try
        {
            using var meter = new ProcessTreeMeter(node.Id, countRoot: false);
            await WaitUntilUpAsync(port, node);
            long began = Stopwatch.GetTimestamp();
            using Process submit = Start(
                program, ["submit", images, "--node", $"http://127.0.0.1:{port}", "--output", output, .. options]);
            await submit.WaitForExitAsync();
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            return submit.ExitCode == 0
                ? (seconds, meter.PeakResidentBytes)
                : throw new InvalidOperationException($"odmnode submit ended with {submit.ExitCode}.");
        }
        finally
        {
            node.Kill(entireProcessTree: true);
            await node.WaitForExitAsync();
        }
    }

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task WaitUntilUpAsync(string port, Process node)
    {
        using var client = new HttpClient();
        for (int attempt = 0; attempt < 300 && !node.HasExited; attempt++)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/info"));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }

        throw new InvalidOperationException("The node did not answer within 30 seconds.");
    }
}
