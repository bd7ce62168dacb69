using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Scene;

public sealed class DenseFormatTests
{
    private static readonly DepthMap Map = new()
    {
        ImageName = "DJI ä 1.JPG",
        Camera = new PinholeCamera(3, 2, 1.5, 1.25, 0.75),
        CameraFromWorld = new RigidTransform(Rotations.FromAxisAngle(new Vector3D(0.1, 2, -1)), new Vector3D(1, -2, 3e5)),
        Depth = [0, 1.5f, 2, float.Epsilon, 4, 5],
        Confidence = [0, 1, 2, 3, 254, 255],
    };

    private static readonly PointCloud Cloud = new()
    {
        Origin = new Vector3D(500000.5, 5.2e6, 433),
        Positions = [1, 2, 3, -4, 5.5f, 6],
        Normals = [0, 0, 1, 1, 0, 0],
        Colors = [1, 2, 3, 253, 254, 255],
        Views = [2, 7],
    };

    [Fact]
    public void A_depth_map_that_was_written_reads_back_the_same()
    {
        DepthMap read = DepthMapFormat.Read(new MemoryStream(Bytes(Map)));
        Assert.Equal(Map.ImageName, read.ImageName);
        Assert.Equal(Map.Camera, read.Camera);
        Assert.Equal(Map.CameraFromWorld, read.CameraFromWorld);
        Assert.Equal(Map.Depth, read.Depth);
        Assert.Equal(Map.Confidence, read.Confidence);
    }

    [Fact]
    public void A_point_cloud_that_was_written_reads_back_the_same()
    {
        PointCloud read = PointCloudFormat.Read(new MemoryStream(Bytes(Cloud)));
        Assert.Equal(Cloud.Origin, read.Origin);
        Assert.Equal(Cloud.Positions, read.Positions);
        Assert.Equal(Cloud.Normals, read.Normals);
        Assert.Equal(Cloud.Colors, read.Colors);
        Assert.Equal(Cloud.Views, read.Views);
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused()
    {
        byte[] map = Bytes(Map);
        byte[] cloud = Bytes(Cloud);
        Assert.All(Enumerable.Range(0, map.Length), length =>
            Assert.Throws<InvalidDataException>(() => DepthMapFormat.Read(new MemoryStream(map, 0, length))));
        Assert.All(Enumerable.Range(0, cloud.Length), length =>
            Assert.Throws<InvalidDataException>(() => PointCloudFormat.Read(new MemoryStream(cloud, 0, length))));
    }

    private static byte[] Bytes(DepthMap map)
    {
        using var stream = new MemoryStream();
        DepthMapFormat.Write(map, stream);
        return stream.ToArray();
    }

    private static byte[] Bytes(PointCloud cloud)
    {
        using var stream = new MemoryStream();
        PointCloudFormat.Write(cloud, stream);
        return stream.ToArray();
    }
}
