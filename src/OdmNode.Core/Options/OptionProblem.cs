namespace OdmNode.Core.Options;

/// <summary>Why one option is refused.</summary>
/// <param name="Name">The option, without dashes.</param>
/// <param name="Error">The sentence clients see, for instance <c>Invalid value 99 (out of range)</c>.</param>
public sealed record OptionProblem(string Name, string Error);
