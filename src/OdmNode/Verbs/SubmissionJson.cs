using System.Text.Json.Serialization;

namespace OdmNode.Verbs;

/// <summary>The JSON of what is remembered, generated at build time.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(SubmissionState))]
internal sealed partial class SubmissionJson : JsonSerializerContext;
