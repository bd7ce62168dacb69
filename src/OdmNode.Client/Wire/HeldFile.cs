using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>A file that an open upload holds whole.</summary>
/// <param name="Name">As the node stored it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="XxHash128">XxHash128 of the content, 32 lower-case hexadecimal digits.</param>
public sealed record HeldFile(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("size")] long Size,
    [property: JsonPropertyName("xxh128")] string XxHash128);
