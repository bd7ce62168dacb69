using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>What an open upload holds.</summary>
internal sealed record HeldUpload([property: JsonPropertyName("files")] HeldFile[]? Files);
