using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdmNode.Api.WebOdm.Wire;

/// <summary>A processing node; its secret is never among it.</summary>
internal sealed record ProcessingNodeWire
{
    [JsonPropertyName("id")]
    public required long Id { get; init; }

    [JsonPropertyName("online")]
    public required bool Online { get; init; }

    [JsonPropertyName("hostname")]
    public required string Hostname { get; init; }

    [JsonPropertyName("port")]
    public required int Port { get; init; }

    [JsonPropertyName("api_version")]
    public required string? ApiVersion { get; init; }

    [JsonPropertyName("last_refreshed")]
    public required string? LastRefreshed { get; init; }

    [JsonPropertyName("queue_count")]
    public required int QueueCount { get; init; }

    /// <summary>An array; an empty object before the first contact.</summary>
    [JsonPropertyName("available_options")]
    public required JsonElement AvailableOptions { get; init; }

    [JsonPropertyName("max_images")]
    public required int? MaxImages { get; init; }

    [JsonPropertyName("engine")]
    public required string? Engine { get; init; }

    [JsonPropertyName("engine_version")]
    public required string? EngineVersion { get; init; }

    [JsonPropertyName("label")]
    public required string Label { get; init; }
}
