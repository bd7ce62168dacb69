using OdmNode.Tasks.Lifecycle;
using OdmNode.Tasks.Output;

namespace OdmNode.Tasks.Queue;

/// <summary>A task in memory: its record, its console and the run that works on it. Changed only by <see cref="NodeTasks"/>.</summary>
public sealed class NodeTask
{
    private volatile TaskRecord _record;

    internal NodeTask(TaskRecord record, ConsoleLog console) => (_record, Console) = (record, console);

    /// <summary>The current record; immutable.</summary>
    public TaskRecord Record
    {
        get => _record;
        internal set => _record = value;
    }

    /// <summary>The numbered output lines.</summary>
    public ConsoleLog Console { get; }

    /// <summary>Lines of the present run, as <see cref="ConsoleLog.Read(long)"/> gives them: none while those of a run before a restart are still there.</summary>
    public IReadOnlyList<string> ReadConsole(long skip) => Record.HasOldConsole ? [] : Console.Read(skip);

    /// <summary>True when nothing more will happen without a request and no process is left that could print a line.</summary>
    public bool HasEnded => Record.State.Phase == TaskPhase.Ended && Run is null;

    /// <summary>The run whose processes may still be alive, also after a cancel; null when there is none.</summary>
    internal TaskRun? Run { get; set; }

    /// <summary>Ends when the files have been moved and sorted.</summary>
    internal Task Initialisation { get; set; } = Task.CompletedTask;

    /// <summary>Ends the initialisation early; the task is being removed.</summary>
    internal CancellationTokenSource? Abandon { get; set; }

    /// <summary>True when the record in the database is older than the one in memory.</summary>
    internal bool IsDirty { get; set; }

    /// <summary>True when the disk refused the last change of state; it is tried again.</summary>
    internal bool IsUnsaved { get; set; }

    /// <summary>Milliseconds since the engine was started, or of the last run; -1 during the first second and where unknown.</summary>
    public long ProcessingTimeMilliseconds => Record.State.IsInSlot && Run is { } run ? run.ElapsedMilliseconds : Record.ProcessingTimeMilliseconds;
}
