using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdmNode.Api.NodeOdm.Wire;

/// <summary>The JSON of this face, generated at build time.</summary>
[JsonSerializable(typeof(InfoWire))]
[JsonSerializable(typeof(OptionWire[]))]
[JsonSerializable(typeof(TaskInfoWire))]
[JsonSerializable(typeof(TaskInfoWire[]))]
[JsonSerializable(typeof(ProgressWire))]
[JsonSerializable(typeof(UploadListWire))]
[JsonSerializable(typeof(HealthWire))]
[JsonSerializable(typeof(UuidWire))]
[JsonSerializable(typeof(UuidWire[]))]
[JsonSerializable(typeof(ErrorWire))]
[JsonSerializable(typeof(SuccessWire))]
[JsonSerializable(typeof(AuthInfoWire))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class NodeOdmJson : JsonSerializerContext
{
    /// <summary>Escapes no more than JavaScript does.</summary>
    public static NodeOdmJson Wire { get; } =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
