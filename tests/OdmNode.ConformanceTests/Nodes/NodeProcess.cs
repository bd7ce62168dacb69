using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary>A daemon as a process of its own, with the engine of the fixtures.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;

    private NodeProcess(Process process, int port, string data)
    {
        (_process, Port, Data) = (process, port, data);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
    }

    public int Port { get; }

    public string Data { get; }

    public HttpClient Http { get; }

    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Starts a daemon and returns when it answers.</summary>
    public static Task<NodeProcess> StartAsync(string data, params string[] arguments) => StartOnAsync(FreePort(), data, arguments);

    /// <summary>Starts a daemon where another one was.</summary>
    public static async Task<NodeProcess> StartOnAsync(int port, string data, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all =
        [
            Path.Combine(AppContext.BaseDirectory, "odmnode.dll"), "serve", "--host", "127.0.0.1",
            "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data,
            "--engine-command", Path.Combine(AppContext.BaseDirectory, "Fixtures", "engine.sh"), .. arguments,
        ];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var node = new NodeProcess(process, port, data);
        await node.WaitUntilItAnswersAsync();
        return node;
    }

    /// <summary>Ends the daemon without any warning.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the daemon to end.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            await TerminateAsync();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilItAnswersAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await Http.GetAsync("/auth/info");
                return;
            }
            catch (HttpRequestException) when (attempt < 300 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }
}
