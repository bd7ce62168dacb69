using System.Text.Json;
using OdmNode.Api.Http;
using OdmNode.Core.Identity;
using OdmNode.Core.Options;
using OdmNode.Tasks.Queue;
using OdmNode.Tasks.Uploads;

namespace OdmNode.Api.NodeOdm.Mapping;

/// <summary>From the fields of a creation request to a task.</summary>
internal static class TaskRequestMapping
{
    /// <summary>Unknown names are told on the console of the task; a request that is nothing but such names must not fill it.</summary>
    private const int MaxUnknownNames = 100;
    private const int MaxUnknownNameLength = 100;

    /// <exception cref="RequestRefusedException">An option is refused, or the options text cannot be read.</exception>
    public static NewTask ToTask(TaskId id, UploadFields fields, OptionCatalogue catalogue)
    {
        var options = string.IsNullOrEmpty(fields.Options) ? null : ReadOptions(fields.Options, catalogue);
        return new NewTask
        {
            Id = id,
            Name = fields.Name ?? string.Empty,
            Options = options?.Values ?? [],
            UnknownOptions = options?.UnknownNames ?? [],
            Outputs = ReadOutputs(fields.Outputs),
            SkipPostProcessing = fields.SkipPostProcessing == "true",
            Webhook = string.IsNullOrEmpty(fields.Webhook) ? null : fields.Webhook,
            ZipUrl = string.IsNullOrEmpty(fields.ZipUrl) ? null : fields.ZipUrl,
            DateCreated = ReadDate(fields.DateCreated),
        };
    }

    /// <exception cref="RequestRefusedException">An option is refused, or the text cannot be read.</exception>
    public static OptionValidation ReadOptions(string text, OptionCatalogue catalogue) =>
        Validate(() => OptionText.Parse(text), catalogue);

    /// <exception cref="RequestRefusedException">An option is refused.</exception>
    public static OptionValidation ReadOptions(JsonElement options, OptionCatalogue catalogue) =>
        Validate(() => OptionText.Read(options), catalogue);

    private static OptionValidation Validate(Func<IReadOnlyList<OptionInput>> read, OptionCatalogue catalogue)
    {
        OptionValidation validation;
        try
        {
            validation = catalogue.Validate(read());
        }
        catch (FormatException exception)
        {
            throw new RequestRefusedException(exception.Message);
        }

        return validation.IsValid
            ? validation with { UnknownNames = [.. validation.UnknownNames.Distinct().Take(MaxUnknownNames).Select(Shorten)] }
            : throw new RequestRefusedException(validation.ProblemText);
    }

    private static string Shorten(string name) => name.Length <= MaxUnknownNameLength ? name : name[..MaxUnknownNameLength] + "…";

    private static IReadOnlyList<string> ReadOutputs(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        try
        {
            var outputs = ForeignJson.Parse(text);
            return outputs.ValueKind != JsonValueKind.Array ? []
                : [.. outputs.EnumerateArray().Where(output => output.ValueKind == JsonValueKind.String).Select(output => output.GetString()!)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Milliseconds since 1970 from the leading digits; null for anything else and for times no calendar holds.</summary>
    private static DateTimeOffset? ReadDate(string? text)
    {
        var digits = (text ?? string.Empty).TrimStart().TakeWhile(char.IsAsciiDigit).Take(16).ToArray();
        return long.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : null;
    }
}
