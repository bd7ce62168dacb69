using System.Globalization;
using System.Text;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Scene.Formats;

/// <summary>Writes Wavefront OBJ and its MTL: one material for each atlas, <c>material0000</c> and so on, as ODM names them.</summary>
public static class ObjWriter
{
    /// <param name="model">Surface and texture coordinates.</param>
    /// <param name="materialFile">Name of the MTL file beside.</param>
    /// <param name="offset">Taken from all positions.</param>
    /// <param name="stream">Stays open.</param>
    public static void Write(TexturedMesh model, string materialFile, Vector3D offset, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 18, leaveOpen: true) { NewLine = "\n" };
        CultureInfo invariant = CultureInfo.InvariantCulture;
        writer.Write(string.Create(invariant, $"mtllib {materialFile}\n"));
        for (int v = 0; v < model.Mesh.VertexCount; v++)
        {
            Vector3D point = model.Mesh.PointOf(v) - offset;
            writer.Write(string.Create(invariant, $"v {point.X:0.####} {point.Y:0.####} {point.Z:0.####}\n"));
        }

        float[] uv = model.TextureCoordinates;
        for (int i = 0; i < uv.Length; i += 2)
        {
            // OBJ counts v from the bottom.
            writer.Write(string.Create(invariant, $"vt {uv[i]:0.######} {1 - uv[i + 1]:0.######}\n"));
        }

        int atlas = -1;
        for (int t = 0; t < model.Mesh.TriangleCount; t++)
        {
            if (model.Atlases[t] != atlas)
            {
                atlas = model.Atlases[t];
                writer.Write(string.Create(invariant, $"usemtl {MaterialName(atlas)}\n"));
            }

            (int a, int b, int c) = model.Mesh.CornersOf(t);
            int at = (3 * t) + 1;
            writer.Write(string.Create(invariant, $"f {a + 1}/{at} {b + 1}/{at + 1} {c + 1}/{at + 2}\n"));
        }
    }

    /// <summary>The text of the MTL file.</summary>
    /// <param name="atlases">How many materials.</param>
    /// <param name="pictureOf">Name of the picture of an atlas.</param>
    public static string Materials(int atlases, Func<int, string> pictureOf)
    {
        ArgumentNullException.ThrowIfNull(pictureOf);
        var text = new StringBuilder();
        for (int i = 0; i < atlases; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"newmtl {MaterialName(i)}\nKa 1.000000 1.000000 1.000000\nKd 1.000000 1.000000 1.000000\nKs 0.000000 0.000000 0.000000\nTr 0.000000\nillum 1\nNs 1.000000\nmap_Kd {pictureOf(i)}\n");
        }

        return text.ToString();
    }

    public static string MaterialName(int atlas) => string.Create(CultureInfo.InvariantCulture, $"material{atlas:0000}");
}
