using System.Text.Json.Serialization;

namespace OdmNode.Api.NodeOdm.Wire;

/// <summary>Answer of <c>/info</c>. <c>maxImages</c> is null, not absent, without a limit.</summary>
internal sealed record InfoWire
{
    [JsonPropertyName("version")]
    public required string Version { get; init; }

    [JsonPropertyName("taskQueueCount")]
    public required int TaskQueueCount { get; init; }

    [JsonPropertyName("totalMemory")]
    public required long TotalMemory { get; init; }

    [JsonPropertyName("availableMemory")]
    public required long AvailableMemory { get; init; }

    [JsonPropertyName("cpuCores")]
    public required int CpuCores { get; init; }

    [JsonPropertyName("maxImages")]
    public required int? MaxImages { get; init; }

    [JsonPropertyName("maxParallelTasks")]
    public required int MaxParallelTasks { get; init; }

    [JsonPropertyName("engineVersion")]
    public required string EngineVersion { get; init; }

    [JsonPropertyName("engine")]
    public required string Engine { get; init; }
}
