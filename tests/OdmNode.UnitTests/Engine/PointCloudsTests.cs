using OdmNode.Dense.Fusion;
using OdmNode.Engine.Stages;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Engine;

public sealed class PointCloudsTests
{
    [Fact]
    public void Clouds_of_two_origins_join_in_one_frame_and_come_apart_again()
    {
        PointCloud own = Cloud(new Vector3D(500000, 4000000, 100), [0.5f, 0.5f, 1, 1.5f, 0.5f, 2]);
        PointCloud other = Cloud(new Vector3D(500002, 4000000, 99), [0.25f, 0.5f, 1, 7, 7, 7]);
        PointCloud near = PointClouds.Inside(other, new MapRectangle(499999, 3999999, 500003, 4000001));
        Assert.Equal(1, near.Count);
        PointCloud all = PointClouds.Join(own, [near]);
        Assert.Equal([0.5f, 0.5f, 1, 1.5f, 0.5f, 2, 2.25f, 0.5f, 0], all.Positions);
        Assert.Equal([0, 1, 0], all.Views);
        Assert.Equal(own.Positions, PointClouds.FirstOf(all, own.Count).Positions);
    }

    [Fact]
    public void The_share_of_the_first_cloud_in_a_filtered_one_is_counted()
    {
        PointCloud all = Cloud(Vector3D.Zero, [0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0]);
        PointCloud kept = Cloud(Vector3D.Zero, [0, 0, 0, 2, 0, 0, 3, 0, 0]);
        Assert.Equal(2, PointClouds.CountKept(all, 3, kept));
        Assert.Equal(0, PointClouds.CountKept(all, 3, Cloud(Vector3D.Zero, [4, 0, 0])));
    }

    [Fact]
    public void Points_outside_a_boundary_are_cut_away_in_map_coordinates()
    {
        PointCloud cloud = Cloud(new Vector3D(500000, 4000000, 100), [1, 1, 5, 9, 9, 6, 3, 1, 7, 1, 3, 8]);
        var triangle = new CropPolygon([new(500000, 4000000), new(500005, 4000000), new(500000, 4000003.5)]);
        PointCloud inside = PointClouds.Inside(cloud, triangle);
        Assert.Equal([1, 1, 5, 3, 1, 7], inside.Positions);
        Assert.Equal([0, 2], inside.Views);
        Assert.Equal(cloud.Origin, inside.Origin);
    }

    [Fact]
    public void Statistics_of_tiles_add_up_to_those_of_the_whole()
    {
        PointCloud a = Cloud(new Vector3D(10, 20, 30), [0, 0, 0, 1, 2, 3]);
        PointCloud b = Cloud(new Vector3D(0, 0, 0), [5, 50, 1]);
        CloudStatistics sum = CloudStatistics.Empty
            .Plus(CloudStatistics.Of(a, new CloudDensity(2, 2, 0.5)))
            .Plus(CloudStatistics.Of(b, new CloudDensity(1, 1, 0.5)))
            .Plus(CloudStatistics.Of(Cloud(Vector3D.Zero, []), new CloudDensity(0, 0, 0.5)));
        Assert.Equal(3, sum.Count);
        Assert.Equal([5, 20, 1], sum.Minimum);
        Assert.Equal([11, 50, 33], sum.Maximum);
        Assert.Equal([26, 92, 64], sum.Sum);
        Assert.Equal(0.5, sum.SpacingMetres, 12);
    }

    private static PointCloud Cloud(Vector3D origin, float[] positions) => new()
    {
        Origin = origin,
        Positions = positions,
        Normals = new float[positions.Length],
        Colors = new byte[positions.Length],
        Views = [.. Enumerable.Range(0, positions.Length / 3).Select(i => (byte)i)],
    };
}
