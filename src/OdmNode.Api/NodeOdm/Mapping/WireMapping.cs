using System.Text.Json;
using OdmNode.Api.NodeOdm.Wire;
using OdmNode.Core.Options;
using OdmNode.Tasks.Queue;

namespace OdmNode.Api.NodeOdm.Mapping;

/// <summary>From the domain to the wire.</summary>
internal static class WireMapping
{
    /// <param name="task">The task.</param>
    /// <param name="output">Output lines; null when they were not asked for.</param>
    public static TaskInfoWire ToWire(NodeTask task, IReadOnlyList<string>? output)
    {
        var record = task.Record;
        return new TaskInfoWire
        {
            Uuid = record.Id.Value,
            Name = record.Name,
            DateCreated = record.DateCreated.ToUnixTimeMilliseconds(),
            ProcessingTime = task.ProcessingTimeMilliseconds,
            Status = new TaskStatusWire((int)record.State.Status, record.ErrorMessage),
            Options = [.. record.Options.Select(option => new OptionValueWire(option.Name, option.Value))],
            ImagesCount = record.ImagesCount,
            Progress = record.Progress,
            Output = output,
        };
    }

    public static OptionWire[] ToWire(OptionCatalogue catalogue) => [.. catalogue.Definitions.Select(ToWire)];

    private static OptionWire ToWire(OptionDefinition definition) => new(
        definition.Name,
        definition.Type switch
        {
            OptionType.WholeNumber => "int",
            OptionType.Number => "float",
            OptionType.Flag => "bool",
            OptionType.Choice => "enum",
            _ => "string",
        },
        definition.Default,
        definition.Domain.Choices is { } choices
            ? JsonSerializer.SerializeToElement([.. choices], NodeOdmJson.Wire.StringArray)
            : JsonSerializer.SerializeToElement(definition.Domain.Text, NodeOdmJson.Wire.String),
        Help(definition));

    /// <summary>The help as ODM ends it: clients fill the placeholders in.</summary>
    private static string Help(OptionDefinition definition) =>
        definition.Help.Contains("%(default)s", StringComparison.Ordinal) ? definition.Help
        : definition.Domain.Choices is null ? definition.Help + " Default: %(default)s"
        : definition.Help + " Can be one of: %(choices)s. Default: %(default)s";
}
