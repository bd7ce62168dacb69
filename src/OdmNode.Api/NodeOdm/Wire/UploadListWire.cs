using System.Text.Json.Serialization;

namespace OdmNode.Api.NodeOdm.Wire;

/// <summary>What an open upload holds.</summary>
internal sealed record UploadListWire(
    [property: JsonPropertyName("uuid")] string Uuid,
    [property: JsonPropertyName("files")] IReadOnlyList<UploadedFileWire> Files);

/// <summary>A file that was received whole.</summary>
internal sealed record UploadedFileWire(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("size")] long Size,
    [property: JsonPropertyName("xxh128")] string XxHash128);
