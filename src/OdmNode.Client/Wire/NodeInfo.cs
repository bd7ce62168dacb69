using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>What a node says about itself.</summary>
public sealed record NodeInfo
{
    /// <summary>Version of the protocol, three numbers.</summary>
    [JsonPropertyName("version")]
    public string Version { get; init; } = string.Empty;

    /// <summary>Tasks queued or running.</summary>
    [JsonPropertyName("taskQueueCount")]
    public int TaskQueueCount { get; init; }

    /// <summary>Most images per task; null for no limit.</summary>
    [JsonPropertyName("maxImages")]
    public int? MaxImages { get; init; }

    /// <summary>Name of the engine.</summary>
    [JsonPropertyName("engine")]
    public string? Engine { get; init; }

    /// <summary>Version of the engine.</summary>
    [JsonPropertyName("engineVersion")]
    public string? EngineVersion { get; init; }
}
