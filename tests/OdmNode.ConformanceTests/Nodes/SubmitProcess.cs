using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OdmNode.ConformanceTests.Nodes;

/// <summary><c>odmnode submit</c> as a process of its own.</summary>
internal sealed class SubmitProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private SubmitProcess(Process process) => _process = process;

    /// <summary>What came on standard output.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static SubmitProcess Start(NodeProcess node, params string[] arguments)
    {
        string[] all =
        [
            "--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "odmnode.dll"), "submit",
            "--node", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{node.Port}"), .. arguments,
        ];
        // A shell in the background hands its deafness to interrupts on.
        var start = new ProcessStartInfo("env", all) { RedirectStandardOutput = true, RedirectStandardError = true };
        var submit = new SubmitProcess(Process.Start(start)!);
        submit._process.OutputDataReceived += submit.Take;
        submit._process.ErrorDataReceived += (_, _) => { };
        submit._process.BeginOutputReadLine();
        submit._process.BeginErrorReadLine();
        return submit;
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(NodeProcess node, params string[] arguments)
    {
        using var submit = Start(node, arguments);
        return (await submit.WaitAsync(), submit.Output);
    }

    public async Task<int> WaitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it without any warning.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await WaitAsync();
    }

    /// <summary>What Ctrl-C does.</summary>
    public async Task<int> InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await WaitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
