using System.Text.Json;
using OdmNode.Core.Errors;
using OdmNode.Core.Options;

namespace OdmNode.Verbs;

/// <summary>Options of an engine that this program did not know in advance: <c>--NAME VALUE</c>, <c>--NAME=VALUE</c>, <c>--FLAG</c>.</summary>
internal static class OptionTokens
{
    /// <exception cref="OdmException">A token is no option of the catalogue, or lacks its value.</exception>
    public static IReadOnlyList<OptionInput> Parse(IReadOnlyList<string> tokens, OptionCatalogue catalogue)
    {
        var inputs = new List<OptionInput>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new OdmException(ErrorKind.BadInput, $"'{tokens[i]}' belongs to no option.");
            }

            var parts = tokens[i][2..].Split('=', 2);
            var definition = catalogue.Find(parts[0]) ?? throw Unknown(parts[0], catalogue);
            if (parts.Length == 2)
            {
                inputs.Add(OptionInput.FromText(definition.Name, parts[1]));
            }
            else if (definition.Type == OptionType.Flag)
            {
                inputs.Add(new OptionInput(definition.Name, JsonElement.Parse("true")));
            }
            else
            {
                inputs.Add(i + 1 < tokens.Count
                    ? OptionInput.FromText(definition.Name, tokens[++i])
                    : throw new OdmException(ErrorKind.BadInput, $"The option --{definition.Name} needs a value."));
            }
        }

        return inputs;
    }

    /// <summary>Converts and checks options against a node's catalogue; all problems are told at once.</summary>
    /// <exception cref="OdmException">An option is unknown to the node, or its value is refused.</exception>
    public static IReadOnlyList<OptionValue> Validate(IReadOnlyList<OptionInput> inputs, OptionCatalogue catalogue)
    {
        var validation = catalogue.Validate(inputs);
        if (validation.UnknownNames.Count > 0)
        {
            throw Unknown(validation.UnknownNames[0], catalogue);
        }

        return validation.IsValid
            ? validation.Values
            : throw new OdmException(
                ErrorKind.BadInput, string.Join("; ", validation.Problems.Select(problem => Explain(problem, inputs, catalogue))));
    }

    /// <summary>The protocol's sentence names the value after conversion, such as NaN; people know the one they gave.</summary>
    private static string Explain(OptionProblem problem, IReadOnlyList<OptionInput> inputs, OptionCatalogue catalogue)
    {
        var given = inputs.First(input => input.Name == problem.Name).Value;
        var domain = catalogue.Find(problem.Name)!.Domain;
        var allowed = domain.Choices is { } choices ? "one of " + string.Join(", ", choices.Where(choice => choice.Length > 0)) : domain.Text;
        return $"--{problem.Name}: '{given}' is refused{(allowed.Length > 0 ? $", allowed: {allowed}" : string.Empty)}";
    }

    private static OdmException Unknown(string name, OptionCatalogue catalogue) => new(
        ErrorKind.BadInput,
        $"The node knows no option --{name}{(catalogue.Suggest(name) is { } near ? $"; did you mean --{near}?" : ".")}");
}
