using OdmNode.Core.Hashing;
using OdmNode.Pipeline.Checkpoints;

namespace OdmNode.Pipeline.Stages;

/// <summary>What a stage left behind, for the stages after it.</summary>
public sealed class StageOutput
{
    private readonly CheckpointStore store;
    private readonly string stage;
    private readonly Dictionary<string, WorkUnit> unitsByName;
    private ContentKey? summaryKey;

    internal StageOutput(CheckpointStore store, string stage, IReadOnlyList<WorkUnit> units)
    {
        this.store = store;
        this.stage = stage;
        Units = units;
        unitsByName = units.ToDictionary(unit => unit.Name, StringComparer.Ordinal);
    }

    /// <summary>In the order of the plan.</summary>
    public IReadOnlyList<WorkUnit> Units { get; }

    /// <summary>Stands for everything the stage made.</summary>
    public ContentKey SummaryKey => summaryKey ?? throw new InvalidOperationException($"Stage {stage} is not complete.");

    /// <summary>Files that the stage delivered.</summary>
    public IReadOnlyList<ArtefactRecord> Artefacts { get; private set; } = [];

    public ContentKey KeyOf(string unitName) => Unit(unitName).Key;

    public bool Contains(string unitName) => unitsByName.ContainsKey(unitName);

    public CheckpointReader OpenUnit(string unitName) => store.Open(stage, Unit(unitName).Key);

    /// <summary>The sections that the stage wrote while reducing.</summary>
    public CheckpointReader OpenSummary() => store.Open(stage, SummaryKey);

    internal void Complete(ContentKey key, IReadOnlyList<ArtefactRecord> artefacts)
    {
        summaryKey = key;
        Artefacts = artefacts;
    }

    private WorkUnit Unit(string name) => unitsByName.TryGetValue(name, out WorkUnit? unit)
        ? unit
        : throw new ArgumentException($"Stage {stage} has no unit '{name}'.");
}
