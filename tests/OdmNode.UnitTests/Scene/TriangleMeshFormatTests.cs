using System.Buffers.Binary;
using System.Text;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Scene;

public sealed class TriangleMeshFormatTests
{
    private static readonly TriangleMesh Mesh = new()
    {
        Origin = new Vector3D(447000.5, 5211000, 433),
        Positions = [0, 0, 0, 1, 0, 0.5f, 0, 1, 0, 1, 1, 0],
        Triangles = [0, 1, 2, 2, 1, 3],
    };

    [Fact]
    public void A_mesh_that_was_written_reads_back_the_same()
    {
        TriangleMesh read = TriangleMeshFormat.Read(new MemoryStream(Bytes()));
        Assert.Equal(Mesh.Origin, read.Origin);
        Assert.Equal(Mesh.Positions, read.Positions);
        Assert.Equal(Mesh.Triangles, read.Triangles);
    }

    [Fact]
    public void A_mesh_that_is_cut_anywhere_or_names_a_vertex_that_it_lacks_is_refused()
    {
        byte[] bytes = Bytes();
        Assert.All(Enumerable.Range(0, bytes.Length), length =>
            Assert.Throws<InvalidDataException>(() => TriangleMeshFormat.Read(new MemoryStream(bytes, 0, length))));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - 4), 4);
        Assert.Throws<InvalidDataException>(() => TriangleMeshFormat.Read(new MemoryStream(bytes)));
    }

    [Fact]
    public void A_PLY_file_has_offset_coordinates_and_triangles_of_three_indices()
    {
        using var stream = new MemoryStream();
        MeshPlyWriter.Write(Mesh, stream, new Vector3D(447000, 5211000, 0), CancellationToken.None);
        byte[] bytes = stream.ToArray();
        const string end = "end_header\n";
        string header = Encoding.ASCII.GetString(bytes)[..(Encoding.ASCII.GetString(bytes).IndexOf(end, StringComparison.Ordinal) + end.Length)];
        Assert.Contains("element vertex 4\n", header, StringComparison.Ordinal);
        Assert.Contains("element face 2\n", header, StringComparison.Ordinal);
        ReadOnlySpan<byte> body = bytes.AsSpan(header.Length);
        Assert.Equal((4 * 12) + (2 * 13), body.Length);
        Assert.Equal(1.5f, BinaryPrimitives.ReadSingleLittleEndian(body[12..]));
        Assert.Equal(433.5f, BinaryPrimitives.ReadSingleLittleEndian(body[20..]));
        Assert.Equal(3, body[48]);
        Assert.Equal(3, BinaryPrimitives.ReadInt32LittleEndian(body[^4..]));
    }

    private static byte[] Bytes()
    {
        using var stream = new MemoryStream();
        TriangleMeshFormat.Write(Mesh, stream);
        return stream.ToArray();
    }
}
