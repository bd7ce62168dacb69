using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using OdmNode.Testing.Network;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary>A daemon as a process of its own, with the engine of the fixtures.</summary>
public sealed partial class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private NodeProcess(Process process, string data) => (_process, Data) = (process, data);

    /// <summary>The engine that does what the option <c>primary-band</c> says.</summary>
    public static string Engine { get; } = Path.Combine(AppContext.BaseDirectory, "Fixtures", "engine.sh");

    public int Port { get; private set; }

    public string Data { get; }

    public HttpClient Http { get; private set; } = null!;

    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Starts a daemon where another one was.</summary>
    public static Task<NodeProcess> StartOnAsync(int port, string data, params string[] arguments) =>
        StartAsync(data, ["--port", port.ToString(CultureInfo.InvariantCulture), .. arguments]);

    /// <summary>What the operator has read so far.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Starts a daemon and returns when it answers. A free port and the engine of the fixtures are given to it unless the arguments name others.</summary>
    public static Task<NodeProcess> StartAsync(string data, params string[] arguments) => StartInAsync([], data, arguments);

    /// <summary>As <see cref="StartAsync"/>, with variables of the environment beside those of the tests.</summary>
    public static async Task<NodeProcess> StartInAsync(Dictionary<string, string> environment, string data, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all =
        [
            Path.Combine(AppContext.BaseDirectory, "odmnode.dll"), "serve", "--host", "127.0.0.1", "--data", data,
            .. Unless(arguments, "--port", FreePort.Next().ToString(CultureInfo.InvariantCulture)), .. Unless(arguments, "--engine-command", Engine),
            .. arguments,
        ];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var node = new NodeProcess(Process.Start(start)!, data);
        node.Listen();
        await node.WaitUntilItAnswersAsync();
        return node;
    }

    /// <summary>A figure of the process in bytes, such as <c>VmHWM</c>, its most resident memory so far.</summary>
    public long Memory(string figure)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"))
            .Single(line => line.StartsWith(figure + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
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
        Http?.Dispose();
        if (!_process.HasExited)
        {
            await TerminateAsync();
        }

        _process.Dispose();
    }

    private static string[] Unless(string[] arguments, string flag, string value) => arguments.Contains(flag) ? [] : [flag, value];

    private void Listen()
    {
        void Keep(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not null)
            {
                _log.Enqueue(line.Data);
            }
        }

        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task WaitUntilItAnswersAsync()
    {
        for (var attempt = 0; Port == 0; attempt++)
        {
            var match = _log.Select(line => ListeningPattern().Match(line)).FirstOrDefault(match => match.Success);
            Port = match is null ? 0 : int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            if (Port == 0 && (attempt == 600 || _process.HasExited))
            {
                // A daemon that has ended has said why; its last words may still be on their way.
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(_process.HasExited ? 20 : 0));
                await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new InvalidOperationException("The daemon does not listen:\n" + string.Join('\n', _log));
            }

            await Task.Delay(Port == 0 ? 50 : 0);
        }

        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(30) };
        using var answer = await Http.GetAsync("/auth/info");
    }

    [GeneratedRegex(@"Listening on .*, port (\d+);")]
    private static partial Regex ListeningPattern();
}
