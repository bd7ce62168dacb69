using OdmNode.Dense.Filtering;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Dense;

public sealed class OutlierFilterTests
{
    [Fact]
    public void Points_that_float_above_the_ground_go_and_the_ground_stays()
    {
        PointCloud cloud = Ground(60, 0.1f, [new Vector3D(2, 2, 1.5), new Vector3D(4, 3, -2), new Vector3D(0.05, 0.05, 3)]);
        PointCloud filtered = OutlierFilter.Filter(cloud, new OutlierOptions(), CancellationToken.None);
        Assert.Equal(60 * 60, filtered.Count);
        Assert.All(Enumerable.Range(0, filtered.Count), i => Assert.InRange(filtered.Positions[(3 * i) + 2], -0.1f, 0.1f));
    }

    [Fact]
    public void A_deviation_of_zero_filters_nothing()
    {
        PointCloud cloud = Ground(10, 0.1f, [new Vector3D(0.5, 0.5, 50)]);
        Assert.Same(cloud, OutlierFilter.Filter(cloud, new OutlierOptions { MaxDeviation = 0 }, CancellationToken.None));
    }

    [Fact]
    public void The_mean_distance_to_the_nearest_points_is_that_of_a_search_through_all()
    {
        var random = new Random(5);
        float[] positions = [.. Enumerable.Range(0, 3 * 400).Select(i => (float)random.NextDouble() * (i % 3 == 2 ? 0.5f : 10))];
        var grid = new PointGrid(positions, 2);
        var scratch = new float[16];
        for (int i = 0; i < 400; i++)
        {
            double[] all =
            [
                .. Enumerable.Range(0, 400).Where(j => j != i).Select(j => Math.Sqrt(
                    Math.Pow(positions[3 * j] - positions[3 * i], 2) + Math.Pow(positions[(3 * j) + 1] - positions[(3 * i) + 1], 2)
                    + Math.Pow(positions[(3 * j) + 2] - positions[(3 * i) + 2], 2))).Order(),
            ];
            Assert.Equal(all.Take(16).Average(), grid.MeanDistance(i, scratch), 1e-4);
        }
    }

    private static PointCloud Ground(int side, float spacing, Vector3D[] strays)
    {
        var random = new Random(3);
        int count = (side * side) + strays.Length;
        var positions = new float[3 * count];
        for (int i = 0; i < side * side; i++)
        {
            positions[3 * i] = (i % side * spacing) + (0.02f * random.NextSingle());
            positions[(3 * i) + 1] = (i / side * spacing) + (0.02f * random.NextSingle());
            positions[(3 * i) + 2] = 0.02f * random.NextSingle();
        }

        for (int i = 0; i < strays.Length; i++)
        {
            int at = 3 * ((side * side) + i);
            (positions[at], positions[at + 1], positions[at + 2]) = ((float)strays[i].X, (float)strays[i].Y, (float)strays[i].Z);
        }

        return new PointCloud
        {
            Origin = new Vector3D(1, 2, 3),
            Positions = positions,
            Normals = new float[3 * count],
            Colors = new byte[3 * count],
            Views = new byte[count],
        };
    }
}
