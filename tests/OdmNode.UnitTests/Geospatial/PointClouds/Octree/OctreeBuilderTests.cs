using OdmNode.Geospatial.PointClouds;
using OdmNode.Geospatial.PointClouds.Octree;

namespace OdmNode.UnitTests.Geospatial.PointClouds.Octree;

public class OctreeBuilderTests
{
    private static readonly OctreeOptions Small = new() { LeafPoints = 2000, SmallestNode = 50 };

    [Fact]
    public void Every_point_is_in_one_node_and_inside_it()
    {
        LasPoint[] points = Terrain.Points(60_000, 1);
        List<OctreeNode> nodes = Build(points, Small, out OctreeCube cube);
        Assert.Equal(TiledCloud.Sorted(points), TiledCloud.Sorted(nodes.SelectMany(node => node.Points)));
        Assert.True(nodes.Max(node => node.Key.Depth) >= 2);
        Assert.Equal(nodes.Count, nodes.Select(node => node.Key).Distinct().Count());
        foreach (OctreeNode node in nodes)
        {
            Assert.All(node.Points, point => Assert.Equal(node.Key, NodeOf(point, node.Key.Depth, cube)));
        }
    }

    [Fact]
    public void A_node_that_is_divided_keeps_the_first_point_of_each_cell_and_those_of_children_too_small_to_be()
    {
        LasPoint[] points = Terrain.Points(60_000, 2);
        List<OctreeNode> nodes = Build(points, Small, out OctreeCube cube);
        var seen = new HashSet<OctreeKey>();
        LasPoint[] firsts = [.. points.Where(point => seen.Add(NodeOf(point, 7, cube)))];
        OctreeNode root = nodes[0];
        Assert.Equal(OctreeKey.Root, root.Key);
        Assert.Subset(root.Points.ToHashSet(), firsts.ToHashSet());
        HashSet<OctreeKey> children = [.. nodes.Where(node => node.Key.Depth == 1).Select(node => node.Key)];
        Assert.All(root.Points.Except(firsts), point => Assert.DoesNotContain(NodeOf(point, 1, cube), children));
        Assert.Equal(root.Points, points.Where(root.Points.ToHashSet().Contains));
    }

    [Fact]
    public void Parents_come_before_children_and_no_node_lacks_one()
    {
        var seen = new HashSet<OctreeKey>();
        foreach (OctreeNode node in Build(Terrain.Points(60_000, 3), Small, out _))
        {
            Assert.True(node.Key.Depth == 0 || seen.Contains(node.Key.Ancestor(node.Key.Depth - 1)), $"{node.Key} has no parent");
            Assert.NotEmpty(node.Points);
            seen.Add(node.Key);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3000)]
    [InlineData(20_000)]
    public void The_tree_is_the_same_when_parts_are_divided_on_disk(int inMemory)
    {
        LasPoint[] points = Terrain.Points(60_000, 4);
        List<OctreeNode> expected = Build(points, Small, out _);
        List<OctreeNode> nodes = Build(points, Small with { PointsInMemory = inMemory }, out _);
        Assert.Equal(expected.Select(node => node.Key), nodes.Select(node => node.Key));
        Assert.All(expected.Zip(nodes), pair => Assert.Equal(pair.First.Points, pair.Second.Points));
    }

    [Fact]
    public void Points_at_one_place_end_at_the_deepest_level()
    {
        var point = new LasPoint(5, 6, 7, 0, 2, 1, 2, 3);
        List<OctreeNode> nodes = Build([.. Enumerable.Repeat(point, 5000)], Small, out _);
        Assert.Equal(21, nodes.Count);
        Assert.All(nodes.SkipLast(1), node => Assert.Single(node.Points));
        Assert.Equal(5000 - 20, nodes[^1].Points.Length);
    }

    [Fact]
    public void The_ends_of_the_coordinate_range_fit_in_the_cube()
    {
        LasPoint[] points = [new(int.MinValue, 0, 0, 0, 0, 0, 0, 0), new(int.MaxValue, 0, 0, 0, 0, 0, 0, 0)];
        OctreeNode node = Assert.Single(Build(points, Small, out OctreeCube cube));
        Assert.Equal(points, node.Points);
        Assert.Equal(1L << 32, cube.Edge);
        Assert.Equal((0u, (1u << OctreeCube.FractionBits) - 1), (cube.Locate(points[0]).X, cube.Locate(points[1]).X));
    }

    [Fact]
    public void Nothing_is_left_on_disk_when_reading_stops_early()
    {
        using var folder = new ScratchFolder();
        using (QuantizedCloud cloud = Terrain.Cloud(folder, Terrain.Points(20_000, 5)))
        {
            var builder = new OctreeBuilder(new OctreeCube(cloud.Statistics.Bounds), Small with { PointsInMemory = 3000 });
            Assert.Equal(OctreeKey.Root, builder.Build(cloud.Points, CancellationToken.None).First().Key);
            Assert.Equal(["points.partial"], folder.Files());
        }

        Assert.Empty(folder.Files());
    }

    private static List<OctreeNode> Build(LasPoint[] points, OctreeOptions options, out OctreeCube cube)
    {
        using var folder = new ScratchFolder();
        using QuantizedCloud cloud = Terrain.Cloud(folder, points);
        cube = new OctreeCube(cloud.Statistics.Bounds);
        return [.. new OctreeBuilder(cube, options).Build(cloud.Points, CancellationToken.None)];
    }

    /// <summary>By division, not by shifting.</summary>
    private static OctreeKey NodeOf(LasPoint point, int depth, OctreeCube cube)
    {
        double[] low = cube.LowCorner(new LasOptions { Scale = 1 });
        double size = cube.Edge / Math.Pow(2, depth);
        return new OctreeKey(depth, (int)((point.X - low[0]) / size), (int)((point.Y - low[1]) / size), (int)((point.Z - low[2]) / size));
    }
}
