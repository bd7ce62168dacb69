using OdmNode.Core.Identity;
using OdmNode.Tasks.Engines;
using OdmNode.Tasks.Lifecycle;
using OdmNode.Tasks.Packing;
using OdmNode.Tasks.Storage;
using OdmNode.Tasks.Uploads;

namespace OdmNode.Tasks.Queue;

/// <content>From acceptance to the end of a run.</content>
public sealed partial class NodeTasks
{
    private const double EngineShare = 0.9;
    private const double ProgressWithResults = 93;
    private const double ProgressWithArchive = 97;
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(2);

    private Task _background = Task.CompletedTask;

    /// <summary>Ends engines that an earlier daemon left behind, puts its running tasks back into the queue and starts the queue.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _folders.DeleteDiscarded();
        foreach (var task in List())
        {
            if (task.Record.Engine is { } engine)
            {
                await ProcessGroup.EndLeftoverAsync(engine, cancellationToken).ConfigureAwait(false);
            }
        }

        _background = Task.WhenAll(_progress.ListenAsync(OnProgress, _ending.Token), SavePeriodicallyAsync(_ending.Token));
        lock (_gate)
        {
            LogLoaded(_tasks.Count);
            foreach (var task in _tasks.Values)
            {
                TakeUpAgain(task);
            }

            Admit();
        }
    }

    /// <summary>Stops every engine within a moment and puts its task back into the queue.</summary>
    public async Task StopAsync()
    {
        Task[] completions;
        lock (_gate)
        {
            _stopping = true;
            foreach (var task in _tasks.Values)
            {
                task.Run?.Shutdown();
            }

            completions = [.. _tasks.Values.Select(task => task.Run?.Completion ?? Task.CompletedTask)];
        }

        await Task.WhenAll(completions).ConfigureAwait(false);
        await _ending.CancelAsync().ConfigureAwait(false);
#pragma warning disable VSTHRD003 // Started by StartAsync of this object, which has no synchronisation context.
        await _background.ConfigureAwait(false);
#pragma warning restore VSTHRD003
        SaveDirty();
    }

    private void TakeUpAgain(NodeTask task)
    {
        if (task.Record.State.Phase == TaskPhase.Initialising)
        {
            BeginInitialisation(task);
        }
        else if (task.Record.State.IsInSlot)
        {
            Change(task, task.Record.After(TaskEvent.Requeued) with { Engine = null });
        }
    }

    private void BeginInitialisation(NodeTask task) => task.Initialisation = Task.Run(() => InitialiseAsync(task));

    private async Task InitialiseAsync(NodeTask task)
    {
        var id = task.Record.Id;
        var initialiser = new TaskInitialiser(_folders, _uploads, new IntakeLimits());
        string? failure = null;
        var count = 0;
        try
        {
            count = await initialiser.InitialiseAsync(id, null, _settings.MaxImages, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            failure = StorageErrors.Describe(exception);
        }

        lock (_gate)
        {
            if (failure is null)
            {
                var record = task.Record.After(TaskEvent.Initialised);
                Change(task, record with
                {
                    ImagesCount = count,
                    Options = AutomaticOptions.Add(record.Options, record.SkipPostProcessing, _settings.Options),
                });
            }
            else
            {
                LogInitialisationFailed(id, failure);
                Change(task, task.Record.After(TaskEvent.InitialisationFailed) with
                {
                    ErrorMessage = task.Record.State.Status == NodeTaskStatus.Canceled ? null : failure,
                    EndedAt = _time.GetUtcNow(),
                });
                initialiser.Discard(id);
            }

            Admit();
        }
    }

    /// <summary>Starts waiting tasks while slots are free; called under the lock, so nobody sees a queued task beside a free slot.</summary>
    private void Admit()
    {
        while (!_stopping && _runs < _settings.ParallelTasks && NextWaiting() is { } task)
        {
            var run = new TaskRun(_time);
            task.Run = run;
            _runs++;
            Change(task, task.Record.After(TaskEvent.Started) with { ErrorMessage = null, EndedAt = null, Engine = null });
            run.Completion = Task.Run(() => RunAsync(task, run));
        }
    }

    private NodeTask? NextWaiting() => _tasks.Values
        .Where(task => task.Record.State.Phase == TaskPhase.Waiting && task.Run is null)
        .MinBy(task => task.Record.Sequence);

    private async Task RunAsync(NodeTask task, TaskRun run)
    {
        string? failure;
        try
        {
            failure = await ProcessAsync(task, run).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
        {
            failure = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or EngineStartException or InvalidDataException)
        {
            failure = StorageErrors.Describe(exception);
        }
#pragma warning disable CA1031 // One task must never take the daemon down, whatever goes wrong in it.
        catch (Exception exception)
        {
            LogRunBroke(task.Record.Id, exception);
            failure = $"The node failed while it processed this task: {exception.Message}";
        }
#pragma warning restore CA1031

        task.Console.Close();
        lock (_gate)
        {
            End(task, run, run.Fault ?? failure);
        }

        run.Dispose();
    }

    /// <returns>Why the task failed; null when it went well or was stopped.</returns>
    private async Task<string?> ProcessAsync(NodeTask task, TaskRun run)
    {
        var id = task.Record.Id;
        if (task.ClearConsole)
        {
            task.ClearConsole = false;
            task.Console.Clear();
        }

        var arguments = EngineArguments(task.Record);
        LogEngineStarts(id, arguments);
        if (task.Console.Count > 0)
        {
            Print(task, run, "The node was stopped meanwhile: the task goes on with the work that is finished.");
        }
        else
        {
            foreach (var name in task.Record.UnknownOptions)
            {
                Print(task, run, $"[WARNING] Option {name} has no effect: the engine does not know it.");
            }
        }

        var outcome = await new EngineProcess(_settings.Engine, _progress.Port).RunAsync(
            arguments,
            pid => OnEngineStarted(task, run, pid),
            line => Print(task, run, line),
            () => run.IsShutdown ? _settings.ShutdownGrace : _settings.CancelGrace,
            run.Stop).ConfigureAwait(false);
        LogEngineEnded(id, outcome.ExitCode);
        run.Stop.ThrowIfCancellationRequested();
        if (outcome.ExitCode != 0)
        {
            return outcome.ErrorMessage;
        }

        lock (_gate)
        {
            if (!task.Record.Allows(TaskEvent.EngineSucceeded))
            {
                return null;
            }

            Change(task, task.Record.After(TaskEvent.EngineSucceeded) with { Progress = ProgressWithResults });
        }

        Print(task, run, "Compressing all.zip");
        run.Stop.ThrowIfCancellationRequested();
        File.Copy(task.Console.TextPath, _folders.TaskOutput(id), overwrite: true);
        ArchiveWriter.Write(_folders.Archive(id), ArchiveContents.List(_folders.Task(id), task.Record.Outputs), run.Stop);
        Advance(task, run, ProgressWithArchive);
        return null;
    }

    private List<string> EngineArguments(TaskRecord record) =>
    [
        .. record.Options.SelectMany(option => option.ToArguments()),
        "--project-path", _folders.Root,
        .. SideFiles.Arguments(_folders, record.Id),
        record.Id.Value,
    ];

    private void OnEngineStarted(NodeTask task, TaskRun run, int pid)
    {
        lock (_gate)
        {
            if (task.Run == run && task.Record.State.IsInSlot)
            {
                Change(task, task.Record with { Engine = ProcessGroup.Identify(pid) });
            }
        }
    }

    private static void Print(NodeTask task, TaskRun run, string line)
    {
        try
        {
            task.Console.Append(line);
        }
        catch (IOException exception)
        {
            run.Fail($"The console could not be written. {StorageErrors.Describe(exception)}");
        }
    }

    /// <summary>The run's processes are gone: the slot is free and the task gets its outcome, unless a request decided it before.</summary>
    private void End(NodeTask task, TaskRun run, string? failure)
    {
        task.Run = null;
        _runs--;
        var record = task.Record;
        if (IsKnown(task))
        {
            if (record.State.IsInSlot)
            {
                var what = failure is not null ? TaskEvent.Failed
                    : run.IsShutdown ? TaskEvent.Requeued
                    : TaskEvent.Completed;
                Change(task, record.After(what) with
                {
                    ErrorMessage = failure,
                    Progress = what == TaskEvent.Requeued ? record.Progress : 100,
                    ProcessingTimeMilliseconds = run.FinalMilliseconds,
                    EndedAt = what == TaskEvent.Requeued ? null : _time.GetUtcNow(),
                    Engine = null,
                });
                LogEnded(record.Id, task.Record.State.Status, failure ?? string.Empty);
            }
            else
            {
                Change(task, record with { Engine = null });
            }
        }

        Admit();
    }

    private void OnProgress(TaskId id, double percent)
    {
        lock (_gate)
        {
            if (_tasks.GetValueOrDefault(id) is { Run: { } run } task && task.Record.State.Phase == TaskPhase.Processing)
            {
                Advance(task, run, Math.Clamp(percent, 0, 100) * EngineShare);
            }
        }
    }

    private void Advance(NodeTask task, TaskRun run, double progress)
    {
        lock (_gate)
        {
            if (task.Run == run && task.Record.State.IsInSlot && progress > task.Record.Progress)
            {
                task.Record = task.Record with { Progress = progress };
                task.IsDirty = true;
            }
        }
    }

    private async Task SavePeriodicallyAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SaveInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                SaveDirty();
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops; StopAsync saves once more.
        }
    }

    private void SaveDirty()
    {
        lock (_gate)
        {
            foreach (var id in _toForget.ToList())
            {
                Forget(id);
            }

            foreach (var task in _tasks.Values.Where(task => task.IsDirty))
            {
                if (task.Run is { } run && task.Record.State.IsInSlot)
                {
                    task.Record = task.Record with { ProcessingTimeMilliseconds = run.ElapsedMilliseconds };
                }

                Save(task);
            }
        }
    }
}
