using System.Text.Json.Serialization;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Storage;

/// <summary>Records as text in the database.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(WebTask))]
internal sealed partial class WebOdmStorageJson : JsonSerializerContext;
