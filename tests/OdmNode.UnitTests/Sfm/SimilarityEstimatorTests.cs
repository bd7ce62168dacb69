using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Sfm.Alignment;

namespace OdmNode.UnitTests.Sfm;

public class SimilarityEstimatorTests
{
    private static readonly SimilarityTransform Truth =
        new(3.7, Rotations.FromAxisAngle(new Vector3D(0.4, -1.2, 2.1)), new Vector3D(100, -50, 20));

    [Fact]
    public void Exact_points_give_the_exact_similarity()
    {
        Vector3D[] source = Points(10);
        SimilarityTransform? found = SimilarityEstimator.Estimate(source, [.. source.Select(p => Truth * p)], Ones(10));
        AssertNear(Truth, found, 1e-9);
    }

    [Fact]
    public void Four_wrong_points_of_twelve_change_little()
    {
        Vector3D[] source = Points(12);
        Vector3D[] target = [.. source.Select(p => Truth * p)];
        for (int i = 0; i < 4; i++)
        {
            target[i] += new Vector3D(50 + i, -30 * i, 40);
        }

        AssertNear(Truth, SimilarityEstimator.EstimateRobust(source, target, Ones(12)), 0.01);
    }

    [Fact]
    public void Points_in_one_place_give_nothing()
    {
        Assert.Null(SimilarityEstimator.Estimate([Vector3D.Zero, Vector3D.Zero], [Vector3D.Zero, new(1, 0, 0)], [1, 1]));
    }

    private static void AssertNear(SimilarityTransform expected, SimilarityTransform? actual, double tolerance)
    {
        Assert.NotNull(actual);
        foreach (Vector3D p in Points(5))
        {
            Assert.InRange(((expected * p) - (actual.Value * p)).Length, 0, tolerance);
        }
    }

    private static double[] Ones(int n) => [.. Enumerable.Repeat(1.0, n)];

    private static Vector3D[] Points(int n)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, n).Select(_ => new Vector3D(random.NextDouble(), 10 * random.NextDouble(), random.NextDouble()))];
    }
}
