using System.ComponentModel;
using CliWrap;
using OdmNode.Tasks.Output;

namespace OdmNode.Tasks.Engines;

/// <summary>Runs an engine as a child process and follows it to its end.</summary>
internal sealed class EngineProcess : IEngine
{
    private const string Niceness = "10";

    private readonly EngineLaunch _launch;
    private readonly int _progressPort;

    /// <param name="launch">What to start.</param>
    /// <param name="progressPort">The UDP port that the engine reports to.</param>
    public EngineProcess(EngineLaunch launch, int progressPort) => (_launch, _progressPort) = (launch, progressPort);

    /// <inheritdoc/>
    public async Task<EngineOutcome> RunAsync(EngineJob job, CancellationToken stop)
    {
        EnsureProgramExists();
        var reason = new EngineReason();
        var lineGate = new Lock();
        void OnLine(string line)
        {
            lock (lineGate)
            {
                reason.Observe(line);
                job.OnLine(line);
            }
        }

        // setsid makes the engine the leader of its own group, nice lets the daemon answer while every core computes, and each
        // becomes the next: same process number.
        var command = Cli.Wrap("setsid")
            .WithArguments(["nice", "-n", Niceness, _launch.Program, .. _launch.LeadingArguments, .. job.Arguments])
            .WithWorkingDirectory(_launch.WorkingDirectory ?? Directory.GetCurrentDirectory())
            .WithEnvironmentVariables(variables => variables
                .Set("ODMNODE_PROGRESS_PORT", _progressPort.ToString(System.Globalization.CultureInfo.InvariantCulture))
                .Set("ODM_NONINTERACTIVE", "1"))
            .WithStandardOutputPipe(Lines(OnLine))
            .WithStandardErrorPipe(Lines(OnLine))
            .WithValidation(CommandResultValidation.None);

        using var abandon = new CancellationTokenSource();
        var running = Start(command, abandon.Token);
        ProcessGroup.OfferToMemoryKiller(running.ProcessId);
        job.OnStarted(running.ProcessId);
        using var ended = new CancellationTokenSource();
        var stopping = StopAsync(running.ProcessId, job.Grace, abandon, stop, ended.Token);
        try
        {
            var result = await running.Task.ConfigureAwait(false);
            return new EngineOutcome(result.ExitCode, reason.Text);
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            return new EngineOutcome(128 + 9, reason.Text);
        }
        finally
        {
            // Whatever the engine left behind in its group goes with it.
            ProcessGroup.ForceStop(running.ProcessId);
            await ended.CancelAsync().ConfigureAwait(false);
            await stopping.ConfigureAwait(false);
        }
    }

    private static CommandTask<CommandResult> Start(Command command, CancellationToken forceful)
    {
        try
        {
            return command.ExecuteAsync(forceful, CancellationToken.None);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw new EngineStartException(exception.Message, exception);
        }
    }

    private static async Task StopAsync(
        int pid, Func<TimeSpan> grace, CancellationTokenSource abandon, CancellationToken stop, CancellationToken ended)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, ended);
            await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return;
        }
        catch (OperationCanceledException)
        {
            ProcessGroup.RequestStop(pid);
        }

        try
        {
            await Task.Delay(grace(), ended).ConfigureAwait(false);
            ProcessGroup.ForceStop(pid);
            await Task.Delay(TimeSpan.FromMilliseconds(500), ended).ConfigureAwait(false);
            // A process that left the group holds the pipes open: stop waiting for it.
            await abandon.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The engine has ended by itself.
        }
    }

    private static PipeTarget Lines(Action<string> onLine) => PipeTarget.Create(async (stream, cancellationToken) =>
    {
        var decoder = new ConsoleDecoder(onLine);
        var buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            decoder.Write(buffer.AsSpan(0, read));
        }

        decoder.Complete();
    });

    private void EnsureProgramExists()
    {
        if (Path.IsPathRooted(_launch.Program) && !File.Exists(_launch.Program))
        {
            throw new EngineStartException($"{_launch.Program} does not exist", null);
        }
    }
}
