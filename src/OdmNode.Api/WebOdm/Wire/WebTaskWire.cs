using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdmNode.Api.WebOdm.Wire;

/// <summary>A task: the fifteen fields of 2017 in their order, then those that came later.</summary>
internal sealed record WebTaskWire
{
    [JsonPropertyName("id")]
    public required long Id { get; init; }

    [JsonPropertyName("project")]
    public required long Project { get; init; }

    [JsonPropertyName("processing_node")]
    public required long? ProcessingNode { get; init; }

    [JsonPropertyName("images_count")]
    public required int ImagesCount { get; init; }

    [JsonPropertyName("available_assets")]
    public required IReadOnlyList<string> AvailableAssets { get; init; }

    [JsonPropertyName("uuid")]
    public required string Uuid { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("processing_time")]
    public required long ProcessingTime { get; init; }

    [JsonPropertyName("auto_processing_node")]
    public required bool AutoProcessingNode { get; init; }

    [JsonPropertyName("status")]
    public required int? Status { get; init; }

    [JsonPropertyName("last_error")]
    public required string? LastError { get; init; }

    [JsonPropertyName("options")]
    public required IReadOnlyList<WebTaskOptionWire> Options { get; init; }

    /// <summary>Always null.</summary>
    [JsonPropertyName("ground_control_points")]
    public string? GroundControlPoints { get; init; }

    [JsonPropertyName("created_at")]
    public required string CreatedAt { get; init; }

    [JsonPropertyName("pending_action")]
    public required int? PendingAction { get; init; }

    [JsonPropertyName("processing_node_name")]
    public required string? ProcessingNodeName { get; init; }

    [JsonPropertyName("can_rerun_from")]
    public required IReadOnlyList<string> CanRerunFrom { get; init; }

    [JsonPropertyName("upload_progress")]
    public required double UploadProgress { get; init; }

    /// <summary>The longest side asked for, pixels; -1 for none.</summary>
    [JsonPropertyName("resize_to")]
    public required int ResizeTo { get; init; }

    [JsonPropertyName("resize_progress")]
    public required double ResizeProgress { get; init; }

    [JsonPropertyName("running_progress")]
    public required double RunningProgress { get; init; }

    [JsonPropertyName("partial")]
    public required bool Partial { get; init; }

    [JsonPropertyName("statistics")]
    public required StatisticsWire Statistics { get; init; }

    /// <summary>West, south, east, north in degrees; null until results tell it.</summary>
    [JsonPropertyName("extent")]
    public required IReadOnlyList<double>? Extent { get; init; }

    [JsonPropertyName("epsg")]
    public required int? Epsg { get; init; }

    [JsonPropertyName("orthophoto_bands")]
    public required IReadOnlyList<BandWire> OrthophotoBands { get; init; }

    /// <summary>True when everybody may see the task and its results.</summary>
    [JsonPropertyName("public")]
    public required bool IsPublic { get; init; }
}

/// <summary>A band of a raster.</summary>
internal sealed record BandWire(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string? Description);

/// <summary>An option of a task.</summary>
internal sealed record WebTaskOptionWire(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] JsonElement Value);
