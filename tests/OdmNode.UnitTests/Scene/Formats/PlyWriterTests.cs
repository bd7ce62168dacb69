using System.Text;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Scene.Formats;

public class PlyWriterTests
{
    private static readonly PointCloud Cloud = new()
    {
        Origin = new Vector3D(447500, 5211100, 440), Positions = [1.5f, 2, -3], Normals = [0, 0.6f, 0.8f], Colors = [10, 20, 30], Views = [4],
    };

    [Fact]
    public void A_file_has_the_header_and_then_28_bytes_for_each_point()
    {
        using var stream = new MemoryStream();
        var writer = new PlyWriter(stream, 2, new Vector3D(447000, 5211000, 0));
        writer.Write(Cloud, CancellationToken.None);
        writer.Write(Cloud, CancellationToken.None);
        writer.Complete();
        byte[] file = stream.ToArray();
        const string header = "ply\nformat binary_little_endian 1.0\nelement vertex 2\nproperty float x\nproperty float y\nproperty float z\n"
            + "property float nx\nproperty float ny\nproperty float nz\nproperty uchar red\nproperty uchar green\nproperty uchar blue\n"
            + "property uchar views\nend_header\n";
        Assert.Equal(header, Encoding.ASCII.GetString(file, 0, header.Length));
        Assert.Equal(header.Length + 56, file.Length);
        float[] numbers = [.. Enumerable.Range(0, 6).Select(i => BitConverter.ToSingle(file, header.Length + 28 + (4 * i)))];
        Assert.Equal([501.5f, 102, 437, 0, 0.6f, 0.8f], numbers);
        Assert.Equal([10, 20, 30, 4], file[^4..]);
    }

    [Fact]
    public void A_file_with_other_than_the_stated_number_of_points_is_refused()
    {
        var writer = new PlyWriter(new MemoryStream(), 2, Vector3D.Zero);
        writer.Write(Cloud, CancellationToken.None);
        Assert.Throws<InvalidOperationException>(writer.Complete);
        writer.Write(Cloud, CancellationToken.None);
        Assert.Throws<InvalidOperationException>(() => writer.Write(Cloud, CancellationToken.None));
    }
}
