using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OdmNode.Core.Identity;
using OdmNode.Core.Options;
using OdmNode.Tasks.Engines;
using OdmNode.Tasks.Lifecycle;
using OdmNode.Tasks.Monitoring;
using OdmNode.Tasks.ObjectStore;
using OdmNode.Tasks.Output;
using OdmNode.Tasks.Storage;
using OdmNode.Tasks.Uploads;

namespace OdmNode.Tasks.Queue;

/// <summary>All tasks of the node: accepts, queues, runs, cancels, removes and restarts them.</summary>
/// <remarks>
/// What is in memory counts; every change of state is written to the database before anybody is told. Changes happen
/// under one lock, which is held while the disk is waited for; reading needs none, so that polls stay quick. At most <see cref="NodeSettings.ParallelTasks"/> runs exist, and a run exists until
/// its processes are gone, so a folder never has two engines.
/// </remarks>
public sealed partial class NodeTasks : IDisposable
{
    private readonly NodeSettings _settings;
    private readonly TaskFolders _folders;
    private readonly UploadStore _uploads;
    private readonly TaskStore _store;
    private readonly NodeMetrics _metrics;
    private readonly IRunEndObserver _observer;
    private readonly TaskInitialiser _initialiser;
    private readonly TaskProcessor _processor;
    private readonly TimeProvider _time;
    private readonly ILogger<NodeTasks> _log;
    private readonly ProgressListener _progress;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<TaskId, NodeTask> _tasks = new();
    private readonly HashSet<TaskId> _toForget = [];
    private readonly CancellationTokenSource _ending = new();
    private long _lastSequence;
    private int _runs;

    /// <summary>Loads every task of an earlier daemon; nothing runs before <see cref="StartAsync"/>.</summary>
    public NodeTasks(
        NodeSettings settings,
        TaskFolders folders,
        UploadStore uploads,
        DiskGuard disk,
        NodeMetrics metrics,
        IRunEndObserver observer,
        TimeProvider time,
        ILogger<NodeTasks> log,
        IResultStore? store = null)
    {
        (_settings, _folders, _uploads, Disk, _metrics, _observer, _time, _log) = (settings, folders, uploads, disk, metrics, observer, time, log);
        _store = new TaskStore(folders.Database);
        _progress = Listen(settings.Engine.ProgressPort);
        _initialiser = new TaskInitialiser(folders, uploads, new IntakeLimits { DiskReserveBytes = settings.MinFreeBytes });
        IEngine engine = settings.Test is { } test ? new TestEngine(test, time) : new EngineProcess(settings.Engine, _progress.Port);
        _processor = new TaskProcessor(settings, folders, engine, store);
        foreach (var record in _store.Load())
        {
            _tasks.TryAdd(record.Id, new NodeTask(record, new ConsoleLog(folders.Task(record.Id))));
            _lastSequence = Math.Max(_lastSequence, record.Sequence);
            _uploads.Take(record.Id);
        }
    }

    /// <summary>The operator's decisions.</summary>
    public NodeSettings Settings => _settings;

    /// <summary>The disk of the data folder.</summary>
    public DiskGuard Disk { get; }

    /// <summary>True when the daemon is about to end and takes no new work.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Number of tasks queued or running, those being initialised included.</summary>
    public int PendingCount => _tasks.Count(entry => entry.Value.Record.State.IsPending);

    /// <summary>All tasks in the order of acceptance.</summary>
    public IReadOnlyList<NodeTask> List() => [.. _tasks.Select(entry => entry.Value).OrderBy(task => task.Record.Sequence)];

    /// <summary>The task of that id; null when there is none.</summary>
    public NodeTask? Find(string? id) => TaskId.TryParse(id, out var taskId) ? _tasks.GetValueOrDefault(taskId) : null;

    /// <summary>Where the files of a task lie.</summary>
    public TaskFolders Folders => _folders;

    /// <summary>What the archive of a completed task is made of: pairs of absolute path and name within the archive.</summary>
    public IReadOnlyList<(string Path, string Name)> Results(NodeTask task) => _processor.Results(task.Record);

    /// <summary>Takes over an upload as a task and initialises it in the background.</summary>
    /// <returns>The task; null when there is no such upload any more.</returns>
    /// <exception cref="SqliteException">The task cannot be written down; the upload is kept.</exception>
    public NodeTask? Accept(NewTask request)
    {
        lock (_gate)
        {
            if (_tasks.ContainsKey(request.Id) || _uploads.Find(request.Id) is not { } upload)
            {
                return null;
            }

            _folders.SetAside(request.Id);
            var now = _time.GetUtcNow();
            var record = new TaskRecord
            {
                Id = request.Id,
                Sequence = _lastSequence + 1,
                Name = request.Name.Length > 0 ? request.Name : TaskNames.Default(now),
                DateCreated = request.DateCreated ?? now,
                Options = ConcurrencyLimit.Apply(request.Options, _settings.MaxConcurrency, _settings.Options),
                UnknownOptions = request.UnknownOptions,
                Outputs = request.Outputs,
                SkipPostProcessing = request.SkipPostProcessing,
                Webhook = request.Webhook,
                ZipUrl = request.ZipUrl,
                ImagesCount = upload.FileCount,
            };
            _store.Save(record);
            _toForget.Remove(request.Id);
            _uploads.Take(request.Id);
            _lastSequence = record.Sequence;
            var task = new NodeTask(record, new ConsoleLog(_folders.Task(record.Id)));
            _tasks.TryAdd(record.Id, task);
            LogAccepted(record.Id, record.ImagesCount);
            BeginInitialisation(task);
            return task;
        }
    }

    /// <summary>Stops a task in any state; a finished task becomes cancelled, its files stay.</summary>
    public TaskActionResult Cancel(string? id)
    {
        lock (_gate)
        {
            if (Find(id) is not { } task)
            {
                return TaskActionResult.NotFound;
            }

            if (task.Record.State.Status == NodeTaskStatus.Canceled)
            {
                return TaskActionResult.Done;
            }

            var wasProcessing = task.Record.State.IsInSlot;
            Change(task, task.Record.After(TaskEvent.Canceled) with
            {
                ErrorMessage = null,
                ProcessingTimeMilliseconds = wasProcessing ? task.ProcessingTimeMilliseconds : -1,
                Progress = wasProcessing ? 100 : task.Record.Progress,
                EndedAt = _time.GetUtcNow(),
            });
            task.Run?.Cancel();
            LogCanceled(task.Record.Id);
            return TaskActionResult.Done;
        }
    }

    /// <summary>Forgets a task and deletes its folder; a running engine is ended first.</summary>
    public async Task<TaskActionResult> RemoveAsync(string? id)
    {
        NodeTask task;
        Task running;
        lock (_gate)
        {
            if (Find(id) is not { } found)
            {
                return TaskActionResult.NotFound;
            }

            task = found;
            Forget(task.Record.Id);
            _tasks.TryRemove(task.Record.Id, out _);
            if (task.Record.Allows(TaskEvent.Canceled))
            {
                task.Record = task.Record.After(TaskEvent.Canceled);
            }

            task.Run?.Cancel();
            _ = task.Abandon?.CancelAsync();
            running = Task.WhenAll(task.Run?.Completion ?? Task.CompletedTask, task.Initialisation);
        }

        await running.ConfigureAwait(false);
        task.Console.Dispose();
        _initialiser.Discard(task.Record.Id);
        LogRemoved(task.Record.Id);
        return TaskActionResult.Done;
    }

    /// <summary>Puts an ended task back into the queue, with other options where they are given. Files stay, so finished work is not repeated.</summary>
    public TaskActionResult Restart(string? id, OptionValidation? options)
    {
        lock (_gate)
        {
            if (Find(id) is not { } task)
            {
                return TaskActionResult.NotFound;
            }

            if (!task.Record.Allows(TaskEvent.Restarted))
            {
                return TaskActionResult.NotRestartable;
            }

            var isEnding = task.Run is not null;
            var record = task.Record.After(TaskEvent.Restarted);
            var replaced = options is null ? null : ConcurrencyLimit.Apply(options.Values, _settings.MaxConcurrency, _settings.Options);
            var initialised = record.State.Phase != TaskPhase.Initialising;
            LogRestarted(task.Record.Id);
            Queue(task, record with
            {
                ErrorMessage = null,
                DateCreated = initialised ? _time.GetUtcNow() : record.DateCreated,
                ProcessingTimeMilliseconds = -1,
                Progress = 0,
                HasOldConsole = true,
                EndedAt = null,
                Options = replaced is null ? record.Options
                    : initialised ? AutomaticOptions.Add(replaced, record.SkipPostProcessing, _settings.Options)
                    : replaced,
                UnknownOptions = options?.UnknownNames ?? record.UnknownOptions,
            });

            // The lines of a run that is still ending belong to that run; the next run clears when it starts.
            if (!isEnding)
            {
                task.Console.Clear();
            }

            return TaskActionResult.Done;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _progress.Dispose();
        _store.Dispose();
        _ending.Dispose();
    }

    /// <summary>Another node on this machine may hold the usual port; engines learn the one in use from their environment.</summary>
    private ProgressListener Listen(int port)
    {
        try
        {
            return new ProgressListener(port);
        }
        catch (SocketException exception)
        {
            LogProgressPortTaken(port, exception.Message);
            return new ProgressListener(0);
        }
    }

    /// <summary>Sets the record and writes it; when the disk refuses, it is written later.</summary>
    private void Change(NodeTask task, TaskRecord record)
    {
        task.Record = record;
        Save(task);
    }

    /// <summary>Deletes the row; on a full disk that is done later, so that removing tasks can make room.</summary>
    private void Forget(TaskId id)
    {
        try
        {
            _store.Delete(id);
            _toForget.Remove(id);
        }
        catch (SqliteException exception)
        {
            _toForget.Add(id);
            LogNotSaved(id, exception.Message);
        }
    }

    /// <summary>False for a task that was removed while something still worked on it.</summary>
    private bool IsKnown(NodeTask task) => _tasks.GetValueOrDefault(task.Record.Id) == task;

    private void Save(NodeTask task) => Save(task, isLasting: true);

    private void Save(NodeTask task, bool isLasting)
    {
        if (!IsKnown(task))
        {
            return;
        }

        try
        {
            _store.Save(task.Record, isLasting);
            task.IsDirty = task.IsUnsaved = false;
        }
        catch (SqliteException exception)
        {
            task.IsDirty = task.IsUnsaved = true;
            LogNotSaved(task.Record.Id, exception.Message);
        }
    }
}
