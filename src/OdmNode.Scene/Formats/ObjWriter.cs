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
    /// <param name="cancellationToken">Asked every few thousand lines.</param>
    public static void Write(
        TexturedMesh model, string materialFile, Vector3D offset, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        var lines = new LineWriter(stream, cancellationToken);
        lines.Add("mtllib ").Add(materialFile).End();
        for (int v = 0; v < model.Mesh.VertexCount; v++)
        {
            Vector3D point = model.Mesh.PointOf(v) - offset;
            lines.Add("v ").Add(point.X, 4).Add(" ").Add(point.Y, 4).Add(" ").Add(point.Z, 4).End();
        }

        for (int i = 0; i < model.Places.Length; i += 2)
        {
            // OBJ counts v from the bottom.
            lines.Add("vt ").Add(model.Places[i], 6).Add(" ").Add(1.0 - model.Places[i + 1], 6).End();
        }

        int atlas = -1;
        for (int t = 0; t < model.Mesh.TriangleCount; t++)
        {
            if (model.Atlases[t] != atlas)
            {
                atlas = model.Atlases[t];
                lines.Add("usemtl ").Add(MaterialName(atlas)).End();
            }

            lines.Add("f");
            for (int corner = 3 * t; corner < (3 * t) + 3; corner++)
            {
                lines.Add(" ").Add(model.Mesh.Triangles[corner] + 1).Add("/").Add(model.PlaceOfCorner[corner] + 1);
            }

            lines.End();
        }

        lines.Flush();
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
