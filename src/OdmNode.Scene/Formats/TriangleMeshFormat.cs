using System.Runtime.InteropServices;
using System.Text;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Scene.Formats;

/// <summary>The compact form of a <see cref="TriangleMesh"/> that checkpoints keep: its arrays as they are, little-endian.</summary>
/// <remarks>Equal meshes give equal bytes.</remarks>
public static class TriangleMeshFormat
{
    private const uint Magic = 0x4D_54_44_4F;
    private const int Version = 1;
    private const int MaxCount = 1 << 28;

    public static void Write(TriangleMesh mesh, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(mesh.VertexCount);
        writer.Write(mesh.TriangleCount);
        writer.Write(mesh.Origin.X);
        writer.Write(mesh.Origin.Y);
        writer.Write(mesh.Origin.Z);
        writer.Write(MemoryMarshal.AsBytes(mesh.Positions.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(mesh.Triangles.AsSpan()));
    }

    /// <exception cref="InvalidDataException">The bytes are not a whole mesh of this version.</exception>
    public static TriangleMesh Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Version)
            {
                throw new InvalidDataException("This is no mesh of this version.");
            }

            int vertices = reader.ReadInt32();
            int triangles = reader.ReadInt32();
            if (vertices is < 0 or > MaxCount || triangles is < 0 or > MaxCount)
            {
                throw new InvalidDataException($"A mesh of {vertices} vertices and {triangles} triangles is damaged.");
            }

            var mesh = new TriangleMesh
            {
                Origin = new Vector3D(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()),
                Positions = new float[3 * vertices],
                Triangles = new int[3 * triangles],
            };
            stream.ReadExactly(MemoryMarshal.AsBytes(mesh.Positions.AsSpan()));
            stream.ReadExactly(MemoryMarshal.AsBytes(mesh.Triangles.AsSpan()));
            foreach (int vertex in mesh.Triangles)
            {
                if ((uint)vertex >= (uint)vertices)
                {
                    throw new InvalidDataException($"A triangle uses vertex {vertex} of {vertices}: the mesh is damaged.");
                }
            }

            return mesh;
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("The mesh is cut short.", exception);
        }
    }
}
