namespace OdmNode.Pipeline.Stages;

/// <summary>What the runner has to know about a stage.</summary>
/// <param name="Name">Verb-noun, kebab-case; also the folder of its checkpoints.</param>
/// <param name="CodeVersion">Raised whenever the stage would give other results for the same inputs.</param>
/// <param name="Options">Names of all options that it reads; it can read no others.</param>
/// <param name="Weight">Its share of the progress bar relative to the other stages.</param>
public sealed record StageInfo(string Name, int CodeVersion, IReadOnlyList<string> Options, double Weight)
{
    /// <summary>
    /// Names of options that it reads to plan, and whose effect is all in the inputs of its units or of its reduction, such as the
    /// grid of their tiles: what is planned from the same inputs is not made anew.
    /// </summary>
    public IReadOnlyList<string> PlanningOptions { get; init; } = [];
}
