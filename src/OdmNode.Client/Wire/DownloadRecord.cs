using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>What lies beside a download that is not whole yet.</summary>
internal sealed record DownloadRecord
{
    [JsonPropertyName("task")]
    public string Task { get; init; } = string.Empty;

    [JsonPropertyName("asset")]
    public string Asset { get; init; } = string.Empty;

    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    [JsonPropertyName("lastModified")]
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Bytes of the whole file.</summary>
    [JsonPropertyName("length")]
    public long Length { get; init; }

    /// <summary>Bytes of a chunk; the last may be shorter.</summary>
    [JsonPropertyName("chunkBytes")]
    public long ChunkBytes { get; init; }

    /// <summary>Numbers of the chunks that are on disk, from 0.</summary>
    [JsonPropertyName("finished")]
    public int[] Finished { get; init; } = [];
}
