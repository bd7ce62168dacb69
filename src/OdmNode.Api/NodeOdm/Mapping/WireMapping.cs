using System.Text.Json;
using OdmNode.Api.NodeOdm.Wire;
using OdmNode.Core.Options;
using OdmNode.Tasks.Lifecycle;
using OdmNode.Tasks.Queue;
using OdmNode.Tasks.Uploads;

namespace OdmNode.Api.NodeOdm.Mapping;

/// <summary>From the domain to the wire.</summary>
internal static class WireMapping
{
    /// <summary>Without output lines.</summary>
    public static TaskInfoWire ToWire(NodeTask task) => ToWire(task.Record, task.ProcessingTimeMilliseconds);

    /// <param name="record">The task as its run ended.</param>
    /// <param name="images">The content of its <c>images.json</c>.</param>
    public static TaskInfoWire ToWebhook(TaskRecord record, JsonElement images) =>
        ToWire(record, record.ProcessingTimeMilliseconds) with { Images = images };

    public static ProgressWire ToWire(NodeTask task, TaskOutlook outlook)
    {
        var record = task.Record;
        return new ProgressWire
        {
            Uuid = record.Id.Value,
            Status = Status(record),
            Progress = record.Progress,
            Stage = outlook.Stage,
            Step = outlook.Step,
            UnitsDone = outlook.UnitsDone,
            UnitsPlanned = outlook.UnitsPlanned,
            SecondsLeft = outlook.SecondsLeft,
            QueuePosition = outlook.QueuePosition,
            Expires = outlook.Expires?.ToUnixTimeMilliseconds(),
        };
    }

    public static UploadListWire ToWire(string uuid, IReadOnlyList<UploadedFile> files) =>
        new(uuid, [.. files.Select(file => new UploadedFileWire(file.Name, file.Size, file.XxHash128))]);

    public static OptionWire[] ToWire(OptionCatalogue catalogue) => [.. catalogue.Definitions.Select(definition =>
        ToWire(definition, catalogue == OptionCatalogue.BuiltIn ? Help(definition) : definition.Help))];

    private static TaskInfoWire ToWire(TaskRecord record, long processingTime) => new()
    {
        Uuid = record.Id.Value,
        Name = record.Name,
        DateCreated = record.DateCreated.ToUnixTimeMilliseconds(),
        ProcessingTime = processingTime,
        Status = Status(record),
        Options = Options(record),
        ImagesCount = record.ImagesCount,
        Progress = record.Progress,
    };

    private static TaskStatusWire Status(TaskRecord record) => new((int)record.State.Status, record.ErrorMessage);

    private static OptionValueWire[] Options(TaskRecord record) =>
        [.. record.Options.Select(option => new OptionValueWire(option.Name, option.Value))];

    private static OptionWire ToWire(OptionDefinition definition, string help) => new(
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
        help);

    /// <summary>The built-in engine's help as ODM ends it: clients fill the placeholders in.</summary>
    private static string Help(OptionDefinition definition) =>
        definition.Domain.Choices is null ? definition.Help + " Default: %(default)s"
        : definition.Help + " Can be one of: %(choices)s. Default: %(default)s";
}
