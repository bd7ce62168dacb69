using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using OdmNode.Geospatial.PointClouds;
using OdmNode.Geospatial.PointClouds.Copc;
using OdmNode.Geospatial.PointClouds.Octree;

namespace OdmNode.UnitTests.Geospatial.PointClouds.Copc;

/// <summary>The oracle are the readers copc (structure) and laz-perf (points).</summary>
public class CopcWriterTests
{
    private static readonly OctreeOptions Small = new() { LeafPoints = 2000, SmallestNode = 50 };

    [Fact]
    public void All_points_come_back_with_full_colours_and_lie_in_their_nodes()
    {
        using var folder = new ScratchFolder();
        LasPoint[] points = Terrain.Points(60_000, 1);
        TiledCloud cloud = Write(folder, points);
        Assert.True(cloud.Nodes.Count > 10);
        Assert.Equal(
            TiledCloud.Sorted(points.Select(p => p with { Red = (ushort)(257 * p.Red), Green = (ushort)(257 * p.Green), Blue = (ushort)(257 * p.Blue) })),
            cloud.Sorted());
        double[] cube = Numbers(cloud.Description.GetProperty("info"), "cube");
        Assert.Equal(cube[3] - cube[0], cube[5] - cube[2], 1e-6);
        foreach (OctreeNode node in cloud.Nodes)
        {
            double size = (cube[3] - cube[0]) / (1 << node.Key.Depth);
            foreach (LasPoint point in node.Points)
            {
                Assert.InRange(447500 + (0.001 * point.X) - cube[0] - (node.Key.X * size), -1e-6, size + 1e-6);
                Assert.InRange(5211000 + (0.001 * point.Y) - cube[1] - (node.Key.Y * size), -1e-6, size + 1e-6);
                Assert.InRange((0.001 * point.Z) - cube[2] - (node.Key.Z * size), -1e-6, size + 1e-6);
            }
        }
    }

    [Fact]
    public void A_reader_that_knows_nothing_of_trees_reads_it_as_laz()
    {
        using var folder = new ScratchFolder();
        TiledCloud cloud = Write(folder, Terrain.Points(20_000, 2));
        byte[] records = LazPerf.Unpack(folder["cloud.copc.laz"]);
        byte[] record = new byte[36];
        int place = 0;
        foreach (LasPoint point in cloud.Nodes.SelectMany(node => node.Points))
        {
            LasRecord.Write(point, true, record);
            Assert.Equal(record, records.AsSpan(place, 36));
            place += 36;
        }

        Assert.Equal(records.Length, place);
    }

    [Fact]
    public void The_header_tells_the_reader_what_it_needs()
    {
        using var folder = new ScratchFolder();
        LasPoint[] points = Terrain.Points(5000, 3);
        JsonElement description = Write(folder, points).Description;
        JsonElement header = description.GetProperty("header");
        Assert.Equal((1, 4, 7, 36), (Int(header, "majorVersion"), Int(header, "minorVersion"), Int(header, "pointDataRecordFormat"), Int(header, "pointDataRecordLength")));
        Assert.Equal((5000, 1), (Int(header, "pointCount"), Int(header, "evlrCount")));
        Assert.Equal([447500 + (0.001 * points.Min(p => p.X)), 5211000 + (0.001 * points.Min(p => p.Y)), 0.001 * points.Min(p => p.Z)], Numbers(header, "min"), Near);
        Assert.Equal([447500 + (0.001 * points.Max(p => p.X)), 5211000 + (0.001 * points.Max(p => p.Y)), 0.001 * points.Max(p => p.Z)], Numbers(header, "max"), Near);
        Assert.StartsWith("PROJCS[\"WGS 84 / UTM zone 32N\"", description.GetProperty("wkt").GetString(), StringComparison.Ordinal);
        JsonElement info = description.GetProperty("info");
        double[] cube = Numbers(info, "cube");
        Assert.Equal((cube[3] - cube[0]) / 128, info.GetProperty("spacing").GetDouble(), 1e-9);

        // "The info VLR must be the first in the file and begin at offset 375": its content at 429. Bit 4 of the encoding means WKT.
        byte[] file = File.ReadAllBytes(folder["cloud.copc.laz"]);
        Assert.Equal("copc", Encoding.ASCII.GetString(file, 375 + 2, 4));
        Assert.Equal((1, 160), (BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(375 + 18)), BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(375 + 20))));
        Assert.Equal(1 << 4, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(6)));
    }

    [Fact]
    public void A_cloud_in_local_coordinates_has_no_coordinate_system()
    {
        using var folder = new ScratchFolder();
        using (QuantizedCloud cloud = Terrain.Cloud(folder, Terrain.Points(3000, 6), new LasOptions()))
        {
            CopcWriter.Write(cloud, folder["cloud.copc.laz"], Small, 2, CancellationToken.None);
        }

        TiledCloud read = TiledCloud.Read("copc", folder["cloud.copc.laz"], folder);
        Assert.False(read.Description.TryGetProperty("wkt", out _));
        Assert.Equal(3000, read.Nodes.Sum(node => node.Points.Length));
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bytes()
    {
        using var folder = new ScratchFolder();
        using QuantizedCloud cloud = Terrain.Cloud(folder, Terrain.Points(30_000, 4));
        CopcWriter.Write(cloud, folder["one"], Small, 1, CancellationToken.None);
        CopcWriter.Write(cloud, folder["three"], Small, 3, CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(folder["one"]), File.ReadAllBytes(folder["three"]));
    }

    private static TiledCloud Write(ScratchFolder folder, LasPoint[] points)
    {
        using (QuantizedCloud cloud = Terrain.Cloud(folder, points))
        {
            CopcWriter.Write(cloud, folder["cloud.copc.laz"], Small, 2, CancellationToken.None);
        }

        return TiledCloud.Read("copc", folder["cloud.copc.laz"], folder);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-6;

    private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static double[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(n => n.GetDouble())];
}
