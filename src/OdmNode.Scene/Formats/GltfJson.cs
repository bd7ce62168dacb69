using System.Text.Json;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Scene.Formats;

/// <summary>The description in a GLB file of a textured model.</summary>
/// <remarks>
/// Khronos Group, glTF 2.0 Specification, chapter 5, with KHR_materials_unlit and CESIUM_RTC. A viewer that does not know
/// the latter shows the model near zero, which is better than not at all: it is used, not required.
/// </remarks>
internal static class GltfJson
{
    private const int ArrayBuffer = 34962;
    private const int ElementArrayBuffer = 34963;
    private const int Float = 5126;
    private const int UnsignedInt = 5125;
    private const int Linear = 9729;
    private const int LinearMipmapLinear = 9987;
    private const int ClampToEdge = 33071;

    // The parts of the buffer before the pictures: positions, places, corners.
    private const int CornerView = 2;
    private const int FirstPictureView = 3;

    /// <param name="model">Surface and texture coordinates.</param>
    /// <param name="positions">3p values, minus the offset.</param>
    /// <param name="lengths">Bytes of positions, places, corners, and of each picture.</param>
    /// <param name="offset">Written as the centre.</param>
    /// <param name="generator">Name and version of the program.</param>
    public static byte[] Of(TexturedMesh model, float[] positions, int[] lengths, Vector3D offset, string generator)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("asset");
            json.WriteString("version", "2.0");
            json.WriteString("generator", generator);
            json.WriteEndObject();
            WriteExtensions(json, offset);
            json.WriteNumber("scene", 0);
            WriteArray(json, "scenes", 1, _ => WriteNumbers(json, "nodes", 0));
            WriteArray(json, "nodes", 1, _ => json.WriteNumber("mesh", 0));
            WriteMesh(json, model.AtlasCount);
            WriteMaterials(json, model.AtlasCount);
            WriteAccessors(json, model, positions);
            WriteViews(json, lengths);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteExtensions(Utf8JsonWriter json, Vector3D offset)
    {
        json.WriteStartArray("extensionsUsed");
        json.WriteStringValue("KHR_materials_unlit");
        json.WriteStringValue("CESIUM_RTC");
        json.WriteEndArray();
        json.WriteStartObject("extensions");
        json.WriteStartObject("CESIUM_RTC");
        WriteNumbers(json, "center", offset.X, offset.Y, offset.Z);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMesh(Utf8JsonWriter json, int atlases) =>
        WriteArray(json, "meshes", 1, _ => WriteArray(json, "primitives", atlases, atlas =>
        {
            json.WriteStartObject("attributes");
            json.WriteNumber("POSITION", 0);
            json.WriteNumber("TEXCOORD_0", 1);
            json.WriteEndObject();
            json.WriteNumber("indices", CornerView + atlas);
            json.WriteNumber("material", atlas);
        }));

    private static void WriteMaterials(Utf8JsonWriter json, int atlases)
    {
        WriteArray(json, "materials", atlases, atlas =>
        {
            json.WriteString("name", ObjWriter.MaterialName(atlas));
            json.WriteBoolean("doubleSided", true);
            json.WriteStartObject("pbrMetallicRoughness");
            json.WriteStartObject("baseColorTexture");
            json.WriteNumber("index", atlas);
            json.WriteEndObject();
            json.WriteNumber("metallicFactor", 0);
            json.WriteNumber("roughnessFactor", 1);
            json.WriteEndObject();
            json.WriteStartObject("extensions");
            json.WriteStartObject("KHR_materials_unlit");
            json.WriteEndObject();
            json.WriteEndObject();
        });
        WriteArray(json, "textures", atlases, atlas =>
        {
            json.WriteNumber("sampler", 0);
            json.WriteNumber("source", atlas);
        });
        WriteArray(json, "samplers", 1, _ =>
        {
            json.WriteNumber("magFilter", Linear);
            json.WriteNumber("minFilter", LinearMipmapLinear);
            json.WriteNumber("wrapS", ClampToEdge);
            json.WriteNumber("wrapT", ClampToEdge);
        });
        WriteArray(json, "images", atlases, atlas =>
        {
            json.WriteNumber("bufferView", FirstPictureView + atlas);
            json.WriteString("mimeType", "image/jpeg");
        });
    }

    private static void WriteAccessors(Utf8JsonWriter json, TexturedMesh model, float[] positions)
    {
        int[] trianglesOf = new int[model.AtlasCount];
        foreach (int atlas in model.Atlases)
        {
            trianglesOf[atlas]++;
        }

        long first = 0;
        WriteArray(json, "accessors", CornerView + model.AtlasCount, accessor =>
        {
            json.WriteNumber("bufferView", Math.Min(accessor, CornerView));
            json.WriteNumber("componentType", accessor < CornerView ? Float : UnsignedInt);
            json.WriteString("type", accessor switch { 0 => "VEC3", 1 => "VEC2", _ => "SCALAR" });
            json.WriteNumber("count", accessor < CornerView ? model.PlaceCount : 3 * trianglesOf[accessor - CornerView]);
            if (accessor == 0)
            {
                WriteBounds(json, positions);
            }

            if (accessor >= CornerView)
            {
                json.WriteNumber("byteOffset", 3 * sizeof(int) * first);
                first += trianglesOf[accessor - CornerView];
            }
        });
    }

    private static void WriteBounds(Utf8JsonWriter json, float[] positions)
    {
        Span<double> least = [double.MaxValue, double.MaxValue, double.MaxValue];
        Span<double> most = [double.MinValue, double.MinValue, double.MinValue];
        for (int i = 0; i < positions.Length; i++)
        {
            least[i % 3] = Math.Min(least[i % 3], positions[i]);
            most[i % 3] = Math.Max(most[i % 3], positions[i]);
        }

        WriteNumbers(json, "min", least);
        WriteNumbers(json, "max", most);
    }

    private static void WriteViews(Utf8JsonWriter json, int[] lengths)
    {
        long offset = 0;
        WriteArray(json, "bufferViews", lengths.Length, view =>
        {
            json.WriteNumber("buffer", 0);
            json.WriteNumber("byteOffset", offset);
            json.WriteNumber("byteLength", lengths[view]);
            if (view < FirstPictureView)
            {
                json.WriteNumber("target", view < CornerView ? ArrayBuffer : ElementArrayBuffer);
            }

            offset += GlbWriter.Aligned(lengths[view]);
        });
        WriteArray(json, "buffers", 1, _ => json.WriteNumber("byteLength", offset));
    }

    private static void WriteArray(Utf8JsonWriter json, string name, int count, Action<int> writeElement)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < count; i++)
        {
            json.WriteStartObject();
            writeElement(i);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, params ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
