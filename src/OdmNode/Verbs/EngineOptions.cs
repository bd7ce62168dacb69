using System.CommandLine;
using OdmNode.Core.Options;

namespace OdmNode.Verbs;

/// <summary>The engine's options as options of a verb, so that they may stand anywhere on the command line.</summary>
internal sealed class EngineOptions
{
    private readonly List<Option<string?>> _texts = [];
    private readonly List<Option<bool?>> _flags = [];

    /// <summary>Declares every option of the catalogue on the verb; flags take no value or <c>true</c> or <c>false</c>.</summary>
    public EngineOptions(Command verb, OptionCatalogue catalogue)
    {
        foreach (var definition in catalogue.Definitions)
        {
            if (definition.Type == OptionType.Flag)
            {
                var flag = new Option<bool?>("--" + definition.Name) { Description = definition.Help };
                _flags.Add(flag);
                verb.Options.Add(flag);
            }
            else
            {
                var text = new Option<string?>("--" + definition.Name) { Description = Describe(definition) };
                _texts.Add(text);
                verb.Options.Add(text);
            }
        }
    }

    /// <summary>What was given, unconverted, for <see cref="OptionCatalogue.Validate"/>.</summary>
    public IReadOnlyList<OptionInput> Collect(ParseResult result)
    {
        var inputs = new List<OptionInput>();
        foreach (var flag in _flags)
        {
            if (result.GetResult(flag) is { Implicit: false })
            {
                inputs.Add(OptionInput.FromText(flag.Name[2..], result.GetValue(flag) == false ? "false" : "true"));
            }
        }

        foreach (var text in _texts)
        {
            if (result.GetValue(text) is { } value)
            {
                inputs.Add(OptionInput.FromText(text.Name[2..], value));
            }
        }

        return inputs;
    }

    private static string Describe(OptionDefinition definition)
    {
        var domain = definition.Domain.Choices is { } choices
            ? string.Join(", ", choices.Where(choice => choice.Length > 0))
            : definition.Domain.Text;
        return $"{definition.Help} [{domain}; default: {(definition.Default.Length == 0 ? "none" : definition.Default)}]";
    }
}
