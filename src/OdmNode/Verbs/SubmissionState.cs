using System.Text.Json.Serialization;

namespace OdmNode.Verbs;

/// <summary>What is remembered of a submission until its results are there.</summary>
/// <param name="Key">Tells orders apart.</param>
/// <param name="Node">The node's address.</param>
/// <param name="Uuid">The upload, later the task.</param>
/// <param name="Phase">What to go on with.</param>
internal sealed record SubmissionState(
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("node")] Uri Node,
    [property: JsonPropertyName("uuid")] string Uuid,
    [property: JsonPropertyName("phase")] SubmissionPhase Phase);
