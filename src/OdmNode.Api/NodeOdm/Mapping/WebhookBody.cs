using System.Text.Json;
using OdmNode.Api.NodeOdm.Wire;
using OdmNode.Tasks.Lifecycle;

namespace OdmNode.Api.NodeOdm.Mapping;

/// <summary>What a webhook receives.</summary>
public static class WebhookBody
{
    /// <summary>The task's information and what its <c>images.json</c> holds; an empty list when there is none, or it is damaged.</summary>
    /// <param name="record">The task as its run ended.</param>
    /// <param name="resultsFolder">Where its results lie.</param>
    public static byte[] Write(TaskRecord record, string resultsFolder) =>
        JsonSerializer.SerializeToUtf8Bytes(WireMapping.ToWebhook(record, ReadImages(resultsFolder)), NodeOdmJson.Wire.TaskInfoWire);

    private static JsonElement ReadImages(string folder)
    {
        try
        {
            return JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, "images.json")));
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return JsonElement.Parse("[]");
        }
    }
}
