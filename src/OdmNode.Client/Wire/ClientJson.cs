using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>The JSON of the protocol as a caller sees it, generated at build time.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(NodeInfo))]
[JsonSerializable(typeof(NodeAuthentication))]
[JsonSerializable(typeof(TaskSnapshot))]
[JsonSerializable(typeof(TaskProgress))]
[JsonSerializable(typeof(TaskReference[]))]
[JsonSerializable(typeof(TaskOption[]))]
[JsonSerializable(typeof(HeldUpload))]
[JsonSerializable(typeof(NodeOption[]))]
[JsonSerializable(typeof(DownloadRecord))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ClientJson : JsonSerializerContext
{
    /// <summary>Escapes no more than needed, so that option texts stay readable on the node's console.</summary>
    public static ClientJson Relaxed { get; } =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
