using System.Text.Json;

namespace OdmNode.Core.Options;

/// <summary>The outcome of validating a set of options: the converted values, or all problems at once.</summary>
/// <param name="Values">The known options in the catalogue's order, converted; complete only when there are no problems.</param>
/// <param name="Problems">All refused options in the catalogue's order; empty when the set is valid.</param>
/// <param name="UnknownNames">Names that the catalogue does not hold, in the order given; the protocol drops them silently.</param>
public sealed record OptionValidation(
    IReadOnlyList<OptionValue> Values,
    IReadOnlyList<OptionProblem> Problems,
    IReadOnlyList<string> UnknownNames)
{
    /// <summary>True when nothing was refused.</summary>
    public bool IsValid => Problems.Count == 0;

    /// <summary>The problems as the protocol's error text: a JSON array of <c>{"name","error"}</c>.</summary>
    public string ProblemText => JsonSerializer.Serialize(
        [.. Problems.Select(problem => new OptionProblemText(problem.Name, problem.Error))],
        OptionJsonContext.Relaxed.OptionProblemTextArray);
}
