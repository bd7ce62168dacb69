using OdmNode.Geometry.Robust;

namespace OdmNode.UnitTests.Geometry.Robust;

public class LoRansacTests
{
    /// <summary>y = Slope x + Offset.</summary>
    private readonly record struct Line(double Slope, double Offset);

    private readonly struct LineProblem(double[] x, double[] y) : IRobustModel<Line>
    {
        public int Count => x.Length;

        public int SampleSize => 2;

        public int MaximumSolutions => 1;

        public int Solve(ReadOnlySpan<int> sample, Span<Line> models)
        {
            double slope = (y[sample[1]] - y[sample[0]]) / (x[sample[1]] - x[sample[0]]);
            models[0] = new Line(slope, y[sample[0]] - (slope * x[sample[0]]));
            return double.IsFinite(slope) ? 1 : 0;
        }

        public bool Refine(ReadOnlySpan<int> inliers, in Line start, out Line refined)
        {
            (double sx, double sy, double sxx, double sxy) = (0, 0, 0, 0);
            foreach (int i in inliers)
            {
                (sx, sy, sxx, sxy) = (sx + x[i], sy + y[i], sxx + (x[i] * x[i]), sxy + (x[i] * y[i]));
            }

            double n = inliers.Length;
            double slope = ((n * sxy) - (sx * sy)) / ((n * sxx) - (sx * sx));
            refined = new Line(slope, (sy - (slope * sx)) / n);
            return double.IsFinite(slope);
        }

        public double SquaredError(in Line model, int index)
        {
            double error = y[index] - (model.Slope * x[index]) - model.Offset;
            return error * error;
        }
    }

    [Fact]
    public void A_line_is_found_among_two_thirds_of_outliers_and_the_same_on_every_run()
    {
        var random = new RandomSource(1);
        double[] x = new double[300];
        double[] y = new double[300];
        for (int i = 0; i < 300; i++)
        {
            x[i] = random.NextDouble();
            y[i] = i % 3 == 0 ? (2 * x[i]) + 1 + (0.002 * random.NextGaussian()) : 5 * random.NextDouble();
        }

        var options = new RansacOptions { Threshold = 0.01 };
        RansacResult<Line> first = LoRansac.Estimate<Line, LineProblem>(new LineProblem(x, y), options, 42, CancellationToken.None);
        RansacResult<Line> second = LoRansac.Estimate<Line, LineProblem>(new LineProblem(x, y), options, 42, CancellationToken.None);

        Assert.True(first.Found);
        Assert.Equal(2, first.Model.Slope, 0.01);
        Assert.Equal(1, first.Model.Offset, 0.01);
        Assert.True(Enumerable.Range(0, 100).Count(i => first.Inliers.Contains(3 * i)) >= 99);
        Assert.Equal(first.Model, second.Model);
        Assert.Equal(first.Inliers, second.Inliers);
        Assert.Equal(first.Trials, second.Trials);
    }

    [Fact]
    public void Fewer_data_than_a_sample_give_nothing()
    {
        RansacResult<Line> result = LoRansac.Estimate<Line, LineProblem>(
            new LineProblem([1], [1]), new RansacOptions { Threshold = 1 }, 1, CancellationToken.None);
        Assert.False(result.Found);
        Assert.Empty(result.Inliers);
    }

    [Fact]
    public void The_generator_gives_the_published_sequence()
    {
        // splitmix64 of seed 0 begins e220a8397b1dcdaf 6e789e6aa1b965f4 06c45d188009454f f88bb8a8724c81ec; the first output
        // of xoshiro256** is rotl(s1 * 5, 7) * 9.
        ulong expected = unchecked(ulong.RotateLeft(0x6e789e6aa1b965f4UL * 5, 7) * 9);
        Assert.Equal(expected, new RandomSource(0).NextUInt64());
    }

    [Fact]
    public void A_sample_never_holds_an_index_twice()
    {
        var random = new RandomSource(3);
        Span<int> sample = stackalloc int[5];
        for (int i = 0; i < 200; i++)
        {
            random.NextSample(6, sample);
            Assert.Equal(5, sample.ToArray().Distinct().Count());
            Assert.All(sample.ToArray(), index => Assert.InRange(index, 0, 5));
        }
    }

    [Fact]
    public void Seeds_depend_on_where_one_name_ends() =>
        Assert.NotEqual(RandomSource.SeedOf("ab", "c"), RandomSource.SeedOf("a", "bc"));
}
