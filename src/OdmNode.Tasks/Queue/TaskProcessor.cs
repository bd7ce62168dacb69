using OdmNode.Core.Identity;
using OdmNode.Tasks.Engines;
using OdmNode.Tasks.Lifecycle;
using OdmNode.Tasks.ObjectStore;
using OdmNode.Tasks.Packing;
using OdmNode.Tasks.Storage;
using OdmNode.Tasks.Uploads;

namespace OdmNode.Tasks.Queue;

/// <summary>The work of one run: the engine, then the archive, then its upload. Knows the files of a task and nothing of the queue.</summary>
internal sealed class TaskProcessor(NodeSettings settings, TaskFolders folders, IEngine engine, IResultStore? store)
{
    /// <summary>Progress when the engine has finished.</summary>
    public const double ProgressWithResults = 93;

    /// <summary>Progress when the archive is whole.</summary>
    public const double ProgressWithArchive = 97;

    /// <summary>The whole is reached only when the task has ended.</summary>
    private const double UploadShare = 0.9;

    /// <summary>Runs the engine to its end.</summary>
    /// <param name="task">The task.</param>
    /// <param name="run">Stops the engine when it is cancelled.</param>
    /// <param name="arguments">Of the engine.</param>
    /// <param name="onStarted">Told the engine's process number.</param>
    /// <exception cref="EngineStartException">The engine cannot be started.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async Task<EngineOutcome> RunEngineAsync(NodeTask task, TaskRun run, IReadOnlyList<string> arguments, Action<int> onStarted)
    {
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

        var job = new EngineJob(
            arguments,
            onStarted,
            line =>
            {
                run.Outlook.Observe(line);
                Print(task, run, line);
            },
            () => run.IsShutdown ? settings.ShutdownGrace : settings.CancelGrace);
        var outcome = await engine.RunAsync(job, run.Stop).ConfigureAwait(false);
        run.Stop.ThrowIfCancellationRequested();
        return outcome;
    }

    /// <summary>Makes the archive of the results; one of an earlier run is replaced in one step.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public void Pack(NodeTask task, TaskRun run)
    {
        run.Outlook.Enter(RunOutlook.Packing);
        Print(task, run, "Compressing all.zip");
        run.Stop.ThrowIfCancellationRequested();
        var id = task.Record.Id;
        File.Copy(task.Console.TextPath, folders.TaskOutput(id), overwrite: true);
        ArchiveWriter.Write(folders.Archive(id), Results(task.Record), run.Stop);
    }

    /// <summary>Copies the results to the object store, where there is one.</summary>
    /// <param name="task">The task, packed.</param>
    /// <param name="run">Ends the upload when it is cancelled.</param>
    /// <param name="onProgress">Told the task's progress.</param>
    /// <exception cref="ResultUploadException">The store did not take a file; the console has been told.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public async Task UploadAsync(NodeTask task, TaskRun run, Action<double> onProgress)
    {
        if (store is null)
        {
            return;
        }

        run.Outlook.Enter(RunOutlook.Uploading);
        await store.UploadAsync(
            task.Record.Id,
            folders.Archive(task.Record.Id),
            Results(task.Record),
            line => Print(task, run, line),
            fraction => onProgress(ProgressWithArchive + ((100 - ProgressWithArchive) * UploadShare * fraction)),
            run.Stop).ConfigureAwait(false);
    }

    /// <summary>The arguments of the engine for a task: its options, the data folder, its side files, its id.</summary>
    public IReadOnlyList<string> Arguments(TaskRecord record) =>
    [
        .. record.Options.SelectMany(option => option.ToArguments()),
        "--project-path", folders.Root,
        .. SideFiles.Arguments(folders, record.Id),
        record.Id.Value,
    ];

    /// <summary>Where the results of a task lie.</summary>
    public string ResultsFolder(TaskId id) => settings.Test?.Results ?? folders.Task(id);

    /// <summary>A line of the node on the task's console; a console that cannot be written fails the run.</summary>
    public static void Print(NodeTask task, TaskRun run, string line)
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

    /// <summary>What the archive is made of.</summary>
    public IReadOnlyList<(string Path, string Name)> Results(TaskRecord record) =>
    [
        .. ArchiveContents.List(ResultsFolder(record.Id), record.Outputs).Where(file => settings.Test?.Delivers(file.Name) ?? true),
    ];
}
