using System.Text.Json;
using OdmNode.Geospatial.PointClouds;
using OdmNode.Geospatial.PointClouds.Ept;
using OdmNode.Geospatial.PointClouds.Octree;

namespace OdmNode.UnitTests.Geospatial.PointClouds.Ept;

/// <summary>The oracle are the readers copc (hierarchy) and laz-perf (points).</summary>
public class EptWriterTests
{
    private static readonly OctreeOptions Small = new() { LeafPoints = 2000, SmallestNode = 50 };

    [Fact]
    public void All_points_come_back_and_lie_in_their_nodes()
    {
        using var folder = new ScratchFolder();
        LasPoint[] points = Terrain.Points(60_000, 1);
        TiledCloud cloud = Write(folder, points, Small);
        Assert.Equal(TiledCloud.Sorted(points), cloud.Sorted());
        double[] bounds = Numbers(cloud.Description, "bounds");
        double edge = bounds[3] - bounds[0];
        Assert.Equal(edge, bounds[4] - bounds[1], 1e-6);
        Assert.Equal(edge, bounds[5] - bounds[2], 1e-6);
        foreach (OctreeNode node in cloud.Nodes)
        {
            double size = edge / (1 << node.Key.Depth);
            foreach (LasPoint point in node.Points)
            {
                Assert.InRange(447500 + (0.001 * point.X) - bounds[0] - (node.Key.X * size), -1e-6, size + 1e-6);
                Assert.InRange(5211000 + (0.001 * point.Y) - bounds[1] - (node.Key.Y * size), -1e-6, size + 1e-6);
                Assert.InRange((0.001 * point.Z) - bounds[2] - (node.Key.Z * size), -1e-6, size + 1e-6);
            }
        }
    }

    [Fact]
    public void The_description_tells_the_reader_what_it_needs()
    {
        using var folder = new ScratchFolder();
        LasPoint[] points = Terrain.Points(5000, 2);
        JsonElement ept = Write(folder, points, new OctreeOptions()).Description;
        Assert.Equal(("1.0.0", "laszip", "json"), (Text(ept, "version"), Text(ept, "dataType"), Text(ept, "hierarchyType")));
        Assert.Equal((5000, 128), (ept.GetProperty("points").GetInt32(), ept.GetProperty("span").GetInt32()));
        Assert.Equal(("EPSG", "32632"), (Text(ept.GetProperty("srs"), "authority"), Text(ept.GetProperty("srs"), "horizontal")));
        Assert.StartsWith("PROJCS[\"WGS 84 / UTM zone 32N\"", Text(ept.GetProperty("srs"), "wkt"), StringComparison.Ordinal);
        double[] conforming =
        [
            447500 + (0.001 * points.Min(p => p.X)), 5211000 + (0.001 * points.Min(p => p.Y)), 0.001 * points.Min(p => p.Z),
            447500 + (0.001 * points.Max(p => p.X)), 5211000 + (0.001 * points.Max(p => p.Y)), 0.001 * points.Max(p => p.Z),
        ];
        Assert.All(conforming.Zip(Numbers(ept, "boundsConforming")), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        JsonElement[] schema = [.. ept.GetProperty("schema").EnumerateArray()];
        Assert.Equal(
            "X Y Z Intensity ReturnNumber NumberOfReturns ScanDirectionFlag EdgeOfFlightLine Classification ScanAngleRank UserData PointSourceId Red Green Blue",
            string.Join(' ', schema.Select(dimension => Text(dimension, "name"))));
        Assert.Equal((0.001, 447500), (schema[0].GetProperty("scale").GetDouble(), schema[0].GetProperty("offset").GetDouble()));
        double mean = points.Average(p => 0.001 * p.Z);
        AssertStatistics(schema[2], mean, points.Sum(p => Math.Pow((0.001 * p.Z) - mean, 2)) / 4999);
        mean = points.Average(p => (double)p.Green);
        AssertStatistics(schema[13], mean, points.Sum(p => Math.Pow(p.Green - mean, 2)) / 4999);
        Assert.Equal(
            [(2, 4750), (6, 250)],
            schema[8].GetProperty("counts").EnumerateArray().Select(c => (c.GetProperty("value").GetInt32(), c.GetProperty("count").GetInt32())));
    }

    [Fact]
    public void A_cloud_in_local_coordinates_has_no_coordinate_system()
    {
        using var folder = new ScratchFolder();
        LasPoint[] points = Terrain.Points(3000, 6);
        using (QuantizedCloud cloud = Terrain.Cloud(folder, points, new LasOptions()))
        {
            EptWriter.Write(cloud, Directory.CreateDirectory(folder["ept"]).FullName, "cloud.laz", Small, 2, CancellationToken.None);
        }

        TiledCloud read = TiledCloud.Read("ept", folder["ept"], folder);
        Assert.Equal("{}", read.Description.GetProperty("srs").GetRawText());
        Assert.Equal(TiledCloud.Sorted(points), read.Sorted());
    }

    [Fact]
    public void Deep_trees_are_listed_in_several_files()
    {
        using var folder = new ScratchFolder();

        // Two dense spots far apart: both trees go down beyond the sixth level.
        LasPoint[] points = [.. Terrain.Points(6000, 3).Select((p, i) => p with { X = (p.X / 50) + (i % 2 * 2_000_000), Y = p.Y / 50, Z = p.Z / 50 })];
        TiledCloud cloud = Write(folder, points, new OctreeOptions { LeafPoints = 100, SmallestNode = 5 });
        Assert.True(Directory.GetFiles(Path.Combine(folder["ept"], "ept-hierarchy")).Length > 1);
        Assert.True(cloud.Nodes.Max(node => node.Key.Depth) > 6);
        Assert.Equal(TiledCloud.Sorted(points), cloud.Sorted());
        Assert.Equal(cloud.Nodes.Count, Directory.GetFiles(Path.Combine(folder["ept"], "ept-data")).Length);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_files()
    {
        using var folder = new ScratchFolder();
        using QuantizedCloud cloud = Terrain.Cloud(folder, Terrain.Points(30_000, 4));
        string[] names = [.. new[] { 1, 3 }.Select(threads =>
        {
            string target = Directory.CreateDirectory(folder[$"threads{threads}"]).FullName;
            EptWriter.Write(cloud, target, "cloud.laz", Small, threads, CancellationToken.None);
            return target;
        })];
        string[][] files = [.. names.Select(name => Directory.GetFiles(name, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(name, file)).Order(StringComparer.Ordinal).ToArray())];
        Assert.Equal(files[0], files[1]);
        Assert.All(files[0], file => Assert.Equal(File.ReadAllBytes(Path.Combine(names[0], file)), File.ReadAllBytes(Path.Combine(names[1], file))));
    }

    [Fact]
    public void The_sources_name_the_file_that_the_cloud_is_known_by()
    {
        using var folder = new ScratchFolder();
        Write(folder, Terrain.Points(100, 5), Small);
        string sources = Path.Combine(folder["ept"], "ept-sources");
        JsonElement entry = JsonDocument.Parse(File.ReadAllText(Path.Combine(sources, "list.json"))).RootElement[0];
        Assert.Equal(("cloud.laz", "inserted", 100), (Text(entry, "id"), Text(entry, "status"), entry.GetProperty("points").GetInt32()));
        JsonElement record = JsonDocument.Parse(File.ReadAllText(Path.Combine(sources, Text(entry, "url")))).RootElement;
        Assert.Equal(0, record.GetProperty("cloud.laz").GetProperty("origin").GetInt32());
    }

    private static void AssertStatistics(JsonElement dimension, double mean, double variance)
    {
        Assert.Equal(mean, dimension.GetProperty("mean").GetDouble(), 1e-6);
        Assert.Equal(variance, dimension.GetProperty("variance").GetDouble(), 1e-6 * variance);
        Assert.Equal(Math.Sqrt(variance), dimension.GetProperty("stddev").GetDouble(), 1e-6 * variance);
    }

    private static TiledCloud Write(ScratchFolder folder, LasPoint[] points, OctreeOptions tree)
    {
        using (QuantizedCloud cloud = Terrain.Cloud(folder, points))
        {
            EptWriter.Write(cloud, Directory.CreateDirectory(folder["ept"]).FullName, "cloud.laz", tree, 2, CancellationToken.None);
        }

        return TiledCloud.Read("ept", folder["ept"], folder);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static double[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(n => n.GetDouble())];
}
