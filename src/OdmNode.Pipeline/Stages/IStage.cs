namespace OdmNode.Pipeline.Stages;

/// <summary>
/// A step of the pipeline, cut into units. Its results are functions of the options it declares and the inputs it names,
/// and of nothing else: no clock, environment or current directory.
/// </summary>
public interface IStage
{
    StageInfo Info { get; }

    /// <summary>All units with their inputs, memory need and cost. Called when every earlier stage is complete.</summary>
    StagePlan Plan(StageContext context);

    /// <summary>
    /// Computes one unit and commits its checkpoint through <see cref="StageContext.CreateUnit"/>. Called from several
    /// threads at once, for units whose checkpoint is missing. Answers the token within a second.
    /// </summary>
    void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the stage's summary (<see cref="StageContext.Summary"/>) and its files
    /// (<see cref="StageContext.WriteArtefact"/>) from the units, in a fixed order. Left out when it was done before from
    /// the same units and its files are still there.
    /// </summary>
    void Reduce(StageContext context, CancellationToken cancellationToken);
}
