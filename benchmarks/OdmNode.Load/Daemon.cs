using System.Diagnostics;
using System.Globalization;
using OdmNode.Testing.Network;

namespace OdmNode.Load;

/// <summary>The node under load, a process of its own.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    private readonly Process _process;

    private Daemon(Process process, int port)
    {
        _process = process;
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 2000 })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromMinutes(5),
        };
    }

    public HttpClient Http { get; }

    /// <summary>Most resident memory of the daemon so far, bytes; engines are not counted.</summary>
    public long PeakResidentBytes => Status("VmHWM");

    /// <summary>Processor time of the daemon so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<Daemon> StartAsync(LoadPlan plan, string data, params string[] arguments)
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }

        var port = FreePort.Next();
        var start = new ProcessStartInfo(plan.Program)
        {
            RedirectStandardOutput = true,
            ArgumentList = { "serve", "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var daemon = new Daemon(process, port);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await daemon.Http.GetAsync("/auth/info");
                return daemon;
            }
            catch (HttpRequestException) when (attempt < 200 && !process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private long Status(string key)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(key + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
