using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Running;

namespace OdmNode.Pipeline.Stages;

/// <summary>All that a stage gets: its options, what earlier stages made, its budgets, and where to put results.</summary>
public sealed class StageContext
{
    private readonly StageInfo info;
    private readonly RunSettings settings;
    private readonly CheckpointStore store;
    private readonly IRunObserver observer;
    private readonly IReadOnlyDictionary<string, StageOutput> earlier;
    private readonly Lock gate = new();
    private readonly List<ToldLine> told = [];
    private readonly SortedDictionary<string, ArtefactRecord> artefacts = new(StringComparer.Ordinal);
    private StageOutput? own;
    private CheckpointWriter? summary;

    internal StageContext(
        StageInfo info,
        RunSettings settings,
        CheckpointStore store,
        IRunObserver observer,
        IReadOnlyDictionary<string, StageOutput> earlier)
    {
        this.info = info;
        this.settings = settings;
        this.store = store;
        this.observer = observer;
        this.earlier = earlier;
        Options = new OptionView(info.Options, info.PlanningOptions, settings.Options);
    }

    public OptionView Options { get; }

    /// <summary>Absolute path of the project.</summary>
    public string ProjectFolder => settings.ProjectFolder;

    /// <summary>How many cores the whole run may use.</summary>
    public int Parallelism => settings.Parallelism;

    /// <summary>How much memory all units that run at the same time may use.</summary>
    public long MemoryBudgetBytes => settings.MemoryBudgetBytes;

    /// <summary>This stage's own units; in <see cref="IStage.Reduce"/> all of them are present.</summary>
    public StageOutput Own => own ?? throw new InvalidOperationException($"Stage {info.Name} has not been planned.");

    /// <summary>Takes the sections that make the stage's summary; only in <see cref="IStage.Reduce"/>.</summary>
    public CheckpointWriter Summary => summary ?? throw new InvalidOperationException("There is a summary only while reducing.");

    internal IReadOnlyCollection<ArtefactRecord> Artefacts => artefacts.Values;

    internal IReadOnlyList<ToldLine> Told => told;

    /// <summary>Did an earlier stage of this name run?</summary>
    public bool Has(string stage) => earlier.ContainsKey(stage);

    /// <summary>What an earlier stage left.</summary>
    public StageOutput Of(string stage) => earlier.TryGetValue(stage, out StageOutput? output)
        ? output
        : throw new InvalidOperationException($"Stage {info.Name} reads {stage}, which does not run before it.");

    /// <summary>Files delivered by all earlier stages, in ordinal order of path.</summary>
    public IReadOnlyList<ArtefactRecord> EarlierArtefacts() =>
        [.. earlier.Values.SelectMany(output => output.Artefacts).OrderBy(record => record.Path, StringComparer.Ordinal)];

    /// <summary>Opens the checkpoint of a unit for writing. Without <see cref="CheckpointWriter.Commit"/> nothing remains.</summary>
    public CheckpointWriter CreateUnit(WorkUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return store.Create(info.Name, unit.Key, unit.Name, info.CodeVersion);
    }

    /// <summary>
    /// Writes a file of the project whole or not at all: <paramref name="write"/> fills a temporary file of the same
    /// extension, which is flushed and renamed. Only in <see cref="IStage.Reduce"/>.
    /// </summary>
    /// <param name="path">Relative to the project, with forward slashes.</param>
    /// <param name="write">Gets the absolute path to write to.</param>
    public void WriteArtefact(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        Keep(store.WriteArtefact(path, write));
    }

    /// <summary>
    /// Writes a folder of the project whole or not at all: <paramref name="write"/> fills a temporary folder, which is flushed
    /// and takes the place of an earlier one. Only in <see cref="IStage.Reduce"/>.
    /// </summary>
    /// <param name="path">Relative to the project, with forward slashes, one at its end.</param>
    /// <param name="write">Gets the absolute path of an empty folder.</param>
    public void WriteArtefactFolder(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        Keep(store.WriteArtefactFolder(path, write));
    }

    /// <summary>Removes a file of the project, or a folder with a slash at its end, that an earlier run with other options delivered.</summary>
    public void RemoveArtefact(string path) => store.RemoveArtefact(path);

    /// <summary>A file of its own that a stage may use while it runs, and removes; a later run removes it where a kill prevented that.</summary>
    /// <param name="name">Without extension.</param>
    public string ScratchPath(string name) => store.ScratchPath(info.Name, name);

    /// <summary>A line for the user.</summary>
    public void Say(string text) => Tell(MessageLevel.Info, text);

    /// <summary>A line for the user about something that was left out or repaired.</summary>
    public void Warn(string text) => Tell(MessageLevel.Warning, text);

    internal void BeginUnits(StageOutput output) => own = output;

    internal void BeginReduce(CheckpointWriter writer) => summary = writer;

    private void Keep(ArtefactRecord record)
    {
        lock (gate)
        {
            artefacts[record.Path] = record;
        }
    }

    private void Tell(MessageLevel level, string text)
    {
        observer.Message(level, text);
        if (summary is not null)
        {
            lock (gate)
            {
                told.Add(new ToldLine(level == MessageLevel.Warning, text));
            }
        }
    }
}
