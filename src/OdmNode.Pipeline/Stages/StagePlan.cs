using OdmNode.Core.Hashing;

namespace OdmNode.Pipeline.Stages;

/// <summary>The units of a stage.</summary>
/// <param name="Units">All units, present or not, in the order in which <see cref="IStage.Reduce"/> wants them.</param>
public sealed record StagePlan(IReadOnlyList<WorkUnit> Units)
{
    /// <summary>What <see cref="IStage.Reduce"/> reads besides the units: keys of other stages' units and summaries.</summary>
    public IReadOnlyList<ContentKey> ReduceInputs { get; init; } = [];

    /// <summary>Expected duration of <see cref="IStage.Reduce"/> in the measure of the units' costs.</summary>
    public double ReduceCost { get; init; } = 0.1;
}
