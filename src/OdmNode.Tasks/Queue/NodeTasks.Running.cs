using OdmNode.Core.Identity;
using OdmNode.Tasks.Engines;
using OdmNode.Tasks.Lifecycle;
using OdmNode.Tasks.ObjectStore;
using OdmNode.Tasks.Storage;

namespace OdmNode.Tasks.Queue;

/// <content>From acceptance to the end of a run.</content>
public sealed partial class NodeTasks
{
    private const double EngineShare = 0.9;

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

        RemoveExpired();
        _background = Task.WhenAll(_progress.ListenAsync(OnPercent, OnReport, _ending.Token), KeepUpAsync(_ending.Token));
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
            IsStopping = true;
            foreach (var task in _tasks.Values)
            {
                task.Run?.Shutdown();
            }

            completions = [.. _tasks.Values.Select(task => task.Run?.Completion ?? Task.CompletedTask)];
        }

        // What is still being initialised is taken up again at the next start.
        await _ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(completions).ConfigureAwait(false);
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

    private void BeginInitialisation(NodeTask task)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        task.Abandon = cancellation;
        task.Initialisation = Task.Run(() => InitialiseAsync(task, cancellation));
    }

    private async Task InitialiseAsync(NodeTask task, CancellationTokenSource cancellation)
    {
        var id = task.Record.Id;
        string? failure = null;
        var count = 0;
        try
        {
            count = await _initialiser.InitialiseAsync(id, task.Record.ZipUrl, _settings.MaxImages, cancellation.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The task was removed, or the daemon stops and takes it up again at its next start.
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            failure = StorageErrors.Describe(exception);
        }

        lock (_gate)
        {
            var isAbandoned = cancellation.IsCancellationRequested;
            task.Abandon = null;
            cancellation.Dispose();
            if (isAbandoned)
            {
                return;
            }

            if (failure is null)
            {
                var record = task.Record.After(TaskEvent.Initialised);
                Queue(task, record with
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
                _initialiser.Discard(id);
            }
        }
    }

    /// <summary>
    /// Gives a task its new record, under the lock: one that may start does so in the same step, because a client that sees a
    /// queued task takes it that no slot is free.
    /// </summary>
    private void Queue(NodeTask task, TaskRecord record)
    {
        if (record.State.Phase == TaskPhase.Waiting && task.Run is null && HasFreeSlot)
        {
            Start(task, record);
        }
        else
        {
            Change(task, record);
        }
    }

    /// <summary>Starts waiting tasks while slots are free; called under the lock.</summary>
    private void Admit()
    {
        while (HasFreeSlot && NextWaiting() is { } task)
        {
            Start(task, task.Record);
        }
    }

    private bool HasFreeSlot => !IsStopping && _runs < _settings.ParallelTasks;

    private void Start(NodeTask task, TaskRecord record)
    {
        var run = new TaskRun(_time, _metrics.StageEnded);
        task.Run = run;
        _runs++;
        Change(task, record.After(TaskEvent.Started) with { ErrorMessage = null, EndedAt = null, Engine = null });
        run.Completion = Task.Run(() => RunAsync(task, run));
    }

    private NodeTask? NextWaiting() => Waiting().Where(task => task.Run is null).MinBy(task => task.Record.Sequence);

    private IEnumerable<NodeTask> Waiting() =>
        _tasks.Select(entry => entry.Value).Where(task => task.Record.State.Phase == TaskPhase.Waiting);

    private async Task RunAsync(NodeTask task, TaskRun run)
    {
        RunVerdict verdict;
        try
        {
            verdict = await ProcessAsync(task, run).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
        {
            verdict = RunVerdict.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or EngineStartException or InvalidDataException)
        {
            verdict = RunVerdict.Failure(StorageErrors.Describe(exception));
        }
#pragma warning disable CA1031 // One task must never take the daemon down, whatever goes wrong in it.
        catch (Exception exception)
        {
            LogRunBroke(task.Record.Id, exception);
            verdict = RunVerdict.Failure($"The node failed while it processed this task: {exception.Message}");
        }
#pragma warning restore CA1031

        task.Console.Close();
        run.Outlook.End();
        lock (_gate)
        {
            End(task, run, run.Fault is { } fault ? RunVerdict.Failure(fault) : verdict);
        }

        run.Dispose();
    }

    private async Task<RunVerdict> ProcessAsync(NodeTask task, TaskRun run)
    {
        BeginConsole(task);
        var arguments = _processor.Arguments(task.Record);
        LogEngineStarts(task.Record.Id, arguments);
        var outcome = await _processor.RunEngineAsync(task, run, arguments, pid => OnEngineStarted(task, run, pid)).ConfigureAwait(false);
        LogEngineEnded(task.Record.Id, outcome.ExitCode);
        if (outcome.ExitCode != 0)
        {
            return RunVerdict.Failure(outcome.ErrorMessage);
        }

        lock (_gate)
        {
            if (!task.Record.Allows(TaskEvent.EngineSucceeded))
            {
                return RunVerdict.Success;
            }

            Change(task, task.Record.After(TaskEvent.EngineSucceeded) with { Progress = TaskProcessor.ProgressWithResults });
        }

        if (_settings.Test is { FailTasks: true })
        {
            return RunVerdict.Failure(null);
        }

        try
        {
            _processor.Pack(task, run);
            Advance(task, run, TaskProcessor.ProgressWithArchive);
            await _processor.UploadAsync(task, run, progress => Advance(task, run, progress)).ConfigureAwait(false);
            return RunVerdict.Success;
        }
        catch (ResultUploadException exception)
        {
            LogDeliveryFailed(task.Record.Id, exception.Message);
            return RunVerdict.Failure(null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The protocol gives failures after the engine no message; the console has it.
            LogDeliveryFailed(task.Record.Id, exception.Message);
            TaskProcessor.Print(task, run, "[ERROR] The results could not be delivered: " + StorageErrors.Describe(exception));
            return RunVerdict.Failure(null);
        }
    }

    /// <summary>Forgets the lines of a run before a restart. Written down after that, so that a daemon that was killed in between does it again.</summary>
    private void BeginConsole(NodeTask task)
    {
        if (task.Record.HasOldConsole)
        {
            task.Console.Clear();
            lock (_gate)
            {
                Change(task, task.Record with { HasOldConsole = false });
            }
        }
    }

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

    /// <summary>The run's processes are gone: the slot is free and the task gets its outcome, unless a request decided it before.</summary>
    private void End(NodeTask task, TaskRun run, RunVerdict verdict)
    {
        task.Run = null;
        _runs--;
        var record = task.Record;
        if (record.State.IsInSlot && run.IsShutdown && !verdict.IsFailure)
        {
            Change(task, record.After(TaskEvent.Requeued) with { ProcessingTimeMilliseconds = run.FinalMilliseconds, Engine = null });
            return;
        }

        if (record.State.IsInSlot)
        {
            record = record.After(verdict.IsFailure ? TaskEvent.Failed : TaskEvent.Completed) with
            {
                ErrorMessage = verdict.Message,
                Progress = 100,
                ProcessingTimeMilliseconds = run.FinalMilliseconds,
                EndedAt = _time.GetUtcNow(),
            };
            LogEnded(record.Id, record.State.Status, verdict.Message ?? string.Empty);
        }

        Announce(record, run);
        Change(task, record with { Engine = null });
        Admit();
    }

    /// <summary>A task that was cancelled and put back into the queue before its engine had gone is told as what this run of it was.</summary>
    private void Announce(TaskRecord record, TaskRun run)
    {
        var ended = record.State.IsPending
            ? record with
            {
                State = new TaskState(NodeTaskStatus.Canceled, TaskPhase.Ended),
                Progress = 100,
                ProcessingTimeMilliseconds = run.FinalMilliseconds,
            }
            : record;
        _metrics.RunEnded(ended.State.Status, TimeSpan.FromMilliseconds(run.FinalMilliseconds));
        _observer.RunEnded(ended);
    }

    private void OnPercent(TaskId id, double percent)
    {
        lock (_gate)
        {
            if (_tasks.GetValueOrDefault(id) is { Run: { } run } task && task.Record.State.Phase == TaskPhase.Processing)
            {
                var clamped = Math.Clamp(percent, 0, 100);
                run.Outlook.Report(clamped / 100);
                Advance(task, run, clamped * EngineShare);
            }
        }
    }

    private void OnReport(TaskId id, EngineReport report)
    {
        lock (_gate)
        {
            if (_tasks.GetValueOrDefault(id) is { Run: { } run } task && task.Record.State.Phase == TaskPhase.Processing)
            {
                run.Outlook.Report(report);
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
}
