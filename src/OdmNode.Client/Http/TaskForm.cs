using System.Globalization;
using System.Text.Json;
using OdmNode.Client.Wire;
using OdmNode.Core.Options;

namespace OdmNode.Client.Http;

/// <summary>The text fields that create a task.</summary>
internal static class TaskForm
{
    /// <summary>Fields that say nothing are left out, so that old nodes never meet one they do not know.</summary>
    public static MultipartFormDataContent Of(TaskRequest request)
    {
        var form = new MultipartFormDataContent();
        Add(form, "name", request.Name);
        Add(form, "options", OptionsText(request.Options));
        if (request.SkipPostProcessing)
        {
            Add(form, "skipPostProcessing", "true");
        }

        if (!string.IsNullOrEmpty(request.Webhook))
        {
            Add(form, "webhook", request.Webhook);
        }

        if (request.Outputs.Count > 0)
        {
            Add(form, "outputs", JsonSerializer.Serialize([.. request.Outputs], ClientJson.Relaxed.StringArray));
        }

        if (request.DateCreated is { } created)
        {
            Add(form, "dateCreated", created.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        }

        if (request.ZipUrl is { } archive)
        {
            Add(form, "zipurl", archive.AbsoluteUri);
        }

        return form;
    }

    /// <summary>Options as the protocol wants them: JSON inside a text field.</summary>
    public static string OptionsText(IReadOnlyList<OptionValue> options) => JsonSerializer.Serialize(
        [.. options.Select(option => new TaskOption(option.Name, option.Value))], ClientJson.Relaxed.TaskOptionArray);

    // Quoted, as browsers do: not every reader of forms knows bare words.
    private static void Add(MultipartFormDataContent form, string name, string value) => form.Add(new StringContent(value), $"\"{name}\"");
}
