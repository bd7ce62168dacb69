using System.Text.Json;
using System.Text.Json.Serialization;
using OdmNode.Tasks.Uploads;

namespace OdmNode.Tasks.Storage;

[JsonSerializable(typeof(StoredOption[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(UploadFields))]
internal sealed partial class StorageJsonContext : JsonSerializerContext;

/// <summary>An option in the database.</summary>
internal sealed record StoredOption(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] JsonElement Value);
