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

    /// <summary>Tasks that the node runs at the same time; null where it does not say.</summary>
    [JsonPropertyName("maxParallelTasks")]
    public int? MaxParallelTasks { get; init; }

    /// <summary>Most images per task; null, and 0 with some nodes, for no limit.</summary>
    [JsonPropertyName("maxImages")]
    public int? MaxImages { get; init; }

    /// <summary>Bytes of memory; null where the node does not say.</summary>
    [JsonPropertyName("totalMemory")]
    public long? TotalMemory { get; init; }

    /// <summary>Bytes of memory that are free; null where the node does not say.</summary>
    [JsonPropertyName("availableMemory")]
    public long? AvailableMemory { get; init; }

    /// <summary>Logical processors; null where the node does not say.</summary>
    [JsonPropertyName("cpuCores")]
    public int? CpuCores { get; init; }

    /// <summary>Name of the engine.</summary>
    [JsonPropertyName("engine")]
    public string? Engine { get; init; }

    /// <summary>Version of the engine.</summary>
    [JsonPropertyName("engineVersion")]
    public string? EngineVersion { get; init; }
}
