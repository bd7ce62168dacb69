using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdmNode.Api.NodeOdm.Wire;

/// <summary>Answer of <c>/task/{uuid}/info</c>. <c>output</c> is absent unless asked for.</summary>
internal sealed record TaskInfoWire
{
    [JsonPropertyName("uuid")]
    public required string Uuid { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("dateCreated")]
    public required long DateCreated { get; init; }

    [JsonPropertyName("processingTime")]
    public required long ProcessingTime { get; init; }

    [JsonPropertyName("status")]
    public required TaskStatusWire Status { get; init; }

    [JsonPropertyName("options")]
    public required IReadOnlyList<OptionValueWire> Options { get; init; }

    [JsonPropertyName("imagesCount")]
    public required int ImagesCount { get; init; }

    [JsonPropertyName("progress")]
    public required double Progress { get; init; }

    [JsonPropertyName("output")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Output { get; init; }

    /// <summary>What the task's <c>images.json</c> holds; only in the call of a webhook.</summary>
    [JsonPropertyName("images")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Images { get; init; }
}

/// <summary>A status; <c>errorMessage</c> is absent without one.</summary>
internal sealed record TaskStatusWire(
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("errorMessage"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ErrorMessage);

/// <summary>An option with its typed value.</summary>
internal sealed record OptionValueWire(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] JsonElement Value);
