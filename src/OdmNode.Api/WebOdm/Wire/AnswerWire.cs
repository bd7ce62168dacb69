using System.Text.Json.Serialization;

namespace OdmNode.Api.WebOdm.Wire;

/// <summary>An error that belongs to no field.</summary>
internal sealed record DetailWire([property: JsonPropertyName("detail")] string Detail);

/// <summary>An action was taken note of.</summary>
internal sealed record SuccessWire([property: JsonPropertyName("success")] bool Success);

/// <summary>The answer to a log-in.</summary>
internal sealed record TokenWire([property: JsonPropertyName("token")] string Token);

/// <summary>Where the collections are.</summary>
internal sealed record IndexWire(
    [property: JsonPropertyName("projects")] string Projects,
    [property: JsonPropertyName("processingnodes")] string ProcessingNodes);

/// <summary>Files that an upload completed, with their sizes in bytes.</summary>
internal sealed record UploadedWire(
    [property: JsonPropertyName("success")] bool Success,
    [property: JsonPropertyName("uploaded")] Dictionary<string, long> Uploaded);

/// <summary>Console lines one by one.</summary>
internal sealed record OutputWire(
    [property: JsonPropertyName("lines")] IReadOnlyList<string> Lines,
    [property: JsonPropertyName("count")] long Count);
