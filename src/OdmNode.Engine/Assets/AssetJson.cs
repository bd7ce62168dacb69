using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OdmNode.Engine.Assets;

/// <summary>How delivered JSON is written.</summary>
internal static class AssetJson
{
    /// <summary>For people: indented, letters of all languages as they are.</summary>
    public static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(JsonNode node, string path)
    {
        using FileStream file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, Indented);
        node.WriteTo(writer);
    }
}
