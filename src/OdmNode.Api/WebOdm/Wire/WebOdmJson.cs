using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdmNode.Api.WebOdm.Wire;

/// <summary>The JSON of this face, generated at build time.</summary>
[JsonSerializable(typeof(DetailWire))]
[JsonSerializable(typeof(SuccessWire))]
[JsonSerializable(typeof(TokenWire))]
[JsonSerializable(typeof(IndexWire))]
[JsonSerializable(typeof(ProjectWire))]
[JsonSerializable(typeof(ProjectWire[]))]
[JsonSerializable(typeof(ProjectPageWire))]
[JsonSerializable(typeof(ProjectMemberWire[]))]
[JsonSerializable(typeof(ProcessingNodeWire))]
[JsonSerializable(typeof(ProcessingNodeWire[]))]
[JsonSerializable(typeof(WebTaskWire))]
[JsonSerializable(typeof(WebTaskWire[]))]
[JsonSerializable(typeof(UploadedWire))]
[JsonSerializable(typeof(OutputWire))]
[JsonSerializable(typeof(TileJsonWire))]
[JsonSerializable(typeof(TileBoundsWire))]
[JsonSerializable(typeof(Dictionary<string, List<string>>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(string))]
internal sealed partial class WebOdmJson : JsonSerializerContext
{
    /// <summary>Writes non-ASCII characters as themselves.</summary>
    public static WebOdmJson Wire { get; } =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
