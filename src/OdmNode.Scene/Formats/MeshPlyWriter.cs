using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Scene.Formats;

/// <summary>Writes a mesh as binary little-endian PLY: x y z of the vertices, lists of three of the triangles.</summary>
/// <remarks>Greg Turk, The PLY polygon file format (1994). Writes to a stream; opens no file.</remarks>
public static class MeshPlyWriter
{
    private const int Batch = 4096;

    /// <param name="mesh">At most 2³¹ − 1 vertices.</param>
    /// <param name="stream">Stays open.</param>
    /// <param name="offset">Subtracted from map coordinates: ODM's integer offset, height 0.</param>
    /// <param name="cancellationToken">Checked every few thousand elements.</param>
    public static void Write(TriangleMesh mesh, Stream stream, Vector3D offset, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(stream);
        string header = string.Create(CultureInfo.InvariantCulture, $"""
            ply
            format binary_little_endian 1.0
            element vertex {mesh.VertexCount}
            property float x
            property float y
            property float z
            element face {mesh.TriangleCount}
            property list uchar int vertex_indices
            end_header

            """);
        stream.Write(Encoding.ASCII.GetBytes(header.ReplaceLineEndings("\n")));
        WriteVertices(mesh, stream, mesh.Origin - offset, cancellationToken);
        WriteTriangles(mesh, stream, cancellationToken);
    }

    private static void WriteVertices(TriangleMesh mesh, Stream stream, Vector3D shift, CancellationToken cancellationToken)
    {
        var values = new float[3 * Batch];
        for (int start = 0; start < mesh.Positions.Length; start += values.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = Math.Min(values.Length, mesh.Positions.Length - start);
            for (int i = 0; i < length; i += 3)
            {
                values[i] = (float)(shift.X + mesh.Positions[start + i]);
                values[i + 1] = (float)(shift.Y + mesh.Positions[start + i + 1]);
                values[i + 2] = (float)(shift.Z + mesh.Positions[start + i + 2]);
            }

            stream.Write(MemoryMarshal.AsBytes(values.AsSpan(0, length)));
        }
    }

    private static void WriteTriangles(TriangleMesh mesh, Stream stream, CancellationToken cancellationToken)
    {
        var faces = new Face[Batch];
        for (int start = 0; start < mesh.TriangleCount; start += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = Math.Min(Batch, mesh.TriangleCount - start);
            for (int i = 0; i < length; i++)
            {
                ReadOnlySpan<int> corners = mesh.Triangles.AsSpan(3 * (start + i), 3);
                faces[i] = new Face { Count = 3, A = corners[0], B = corners[1], C = corners[2] };
            }

            stream.Write(MemoryMarshal.AsBytes(faces.AsSpan(0, length)));
        }
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Face
    {
        public byte Count;
        public int A;
        public int B;
        public int C;
    }
}
