using System.Diagnostics;

namespace OdmNode.EndToEndTests.Support;

/// <summary>The built program as a child process, with everything it prints.</summary>
internal sealed class RunningProgram : IDisposable
{
    /// <summary>Longer than anything takes on a slow, loaded machine; a hang must not hold the suite for ever.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process process;
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> waiting = [];

    private RunningProgram(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "odmnode"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Several engines on one machine would all talk to the default progress port.
        start.Environment["ODMNODE_PROGRESS_PORT"] = "0";
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Standard output and error so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (gate)
            {
                return [.. lines];
            }
        }
    }

    /// <summary>All lines, for messages of failed assertions.</summary>
    public string Console => string.Join('\n', Lines);

    public static RunningProgram Start(params IEnumerable<string> arguments) => new(arguments);

    /// <summary>Runs to the end.</summary>
    public static async Task<RunningProgram> CompleteAsync(params IEnumerable<string> arguments)
    {
        var program = new RunningProgram(arguments);
        await program.WaitForExitAsync();
        return program;
    }

    /// <summary>The exit code, once all output has arrived.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The program did not end within {Patience}. Its console:\n{Console}");
        }

        return process.ExitCode;
    }

    /// <summary>The first line, printed already or to come, that is wanted; null when the program ends without one.</summary>
    public async Task<string?> WaitForLineAsync(Func<string, bool> wanted)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (lines.FirstOrDefault(wanted) is { } present)
            {
                return present;
            }

            waiting.Add((wanted, found));
        }

        Task ended = WaitForExitAsync();
        if (await Task.WhenAny(found.Task, ended) == ended)
        {
            await ended;
        }

        return found.Task.IsCompletedSuccessfully ? await found.Task : null;
    }

    /// <summary>SIGKILL: the program cannot prepare for it. Its children live on.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: false);
        await WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (gate)
        {
            lines.Add(line);
            foreach ((Func<string, bool> wanted, TaskCompletionSource<string> found) in waiting)
            {
                if (wanted(line))
                {
                    found.TrySetResult(line);
                }
            }
        }
    }
}
