using System.Text;
using System.Text.Json;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Codecs;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Scene.Formats;

public sealed class TexturedModelTests
{
    private static readonly Vector3D Offset = new(576700, 5188100, 0);

    /// <summary>Two triangles that share an edge and lie on two atlases.</summary>
    private static readonly TexturedMesh Model = new()
    {
        Mesh = new TriangleMesh
        {
            Origin = new Vector3D(576710, 5188120, 190),
            Positions = [0, 0, 0, 1, 0, 0, 1, 1, 0.5f, 0, 1, 0.25f],
            Triangles = [0, 1, 2, 0, 2, 3],
        },
        Places = [0, 0, 1, 0, 1, 1, 0.25f, 0.5f, 0.75f, 0.5f, 0.5f, 1],
        VertexOfPlace = [0, 1, 2, 0, 2, 3],
        PlaceOfCorner = [0, 1, 2, 3, 4, 5],
        Atlases = [0, 1],
    };

    [Fact]
    public void An_obj_file_states_positions_minus_the_offset_and_texture_from_the_bottom()
    {
        using var stream = new MemoryStream();
        ObjWriter.Write(Model, "model.mtl", Offset, stream, CancellationToken.None);
        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).TrimEnd('\n').Split('\n');
        Assert.Equal(
            [
                "mtllib model.mtl",
                "v 10.0000 20.0000 190.0000", "v 11.0000 20.0000 190.0000", "v 11.0000 21.0000 190.5000", "v 10.0000 21.0000 190.2500",
                "vt 0.000000 1.000000", "vt 1.000000 1.000000", "vt 1.000000 0.000000",
                "vt 0.250000 0.500000", "vt 0.750000 0.500000", "vt 0.500000 0.000000",
                "usemtl material0000", "f 1/1 2/2 3/3",
                "usemtl material0001", "f 1/4 3/5 4/6",
            ],
            lines);
    }

    [Fact]
    public void Each_material_names_its_picture()
    {
        string text = ObjWriter.Materials(2, atlas => $"picture{atlas}.jpg");
        Assert.Contains("newmtl material0000\n", text, StringComparison.Ordinal);
        Assert.Contains("map_Kd picture0.jpg\n", text, StringComparison.Ordinal);
        Assert.Contains("newmtl material0001\n", text, StringComparison.Ordinal);
        Assert.Contains("map_Kd picture1.jpg\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_validator_finds_nothing_wrong_with_a_glb_file()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".glb");
        try
        {
            File.WriteAllBytes(path, Glb());

            // Both materials share the six places, and the validator counts them for each.
            Assert.Equal((2, 12, 2), GltfValidator.Check(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_glb_file_states_its_offset_as_the_centre_and_stays_unlit_and_z_up()
    {
        byte[] file = Glb();
        int length = BitConverter.ToInt32(file, 12);
        using JsonDocument json = JsonDocument.Parse(file.AsMemory(20, length));
        JsonElement center = json.RootElement.GetProperty("extensions").GetProperty("CESIUM_RTC").GetProperty("center");
        Assert.Equal([576700, 5188100, 0], center.EnumerateArray().Select(value => value.GetDouble()));
        Assert.True(json.RootElement.GetProperty("materials")[1].GetProperty("extensions").TryGetProperty("KHR_materials_unlit", out _));
        JsonElement most = json.RootElement.GetProperty("accessors")[0].GetProperty("max");
        Assert.Equal([11, 21, 190.5], most.EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(10f, BitConverter.ToSingle(file, 20 + length + 8));
    }

    [Fact]
    public void An_encoded_picture_comes_back_in_its_colours()
    {
        var picture = new ImageBuffer(16, 16, 3);
        for (int i = 0; i < picture.Pixels.Length; i += 3)
        {
            (picture.Pixels[i], picture.Pixels[i + 1], picture.Pixels[i + 2]) = (200, 100, 40);
        }

        ImageBuffer back = PhotoCodec.Decode(JpegEncoder.Consume(picture, 90), new DecodeOptions());
        Assert.InRange(back.Pixels[0], 196, 204);
        Assert.InRange(back.Pixels[1], 96, 104);
        Assert.InRange(back.Pixels[2], 36, 44);
    }

    private static byte[] Glb()
    {
        using var stream = new MemoryStream();
        byte[][] pictures = [JpegEncoder.Consume(new ImageBuffer(16, 8, 3), 90), JpegEncoder.Consume(new ImageBuffer(8, 8, 3), 90)];
        GlbWriter.Write(Model, pictures, Offset, "OdmNode", stream);
        return stream.ToArray();
    }
}
