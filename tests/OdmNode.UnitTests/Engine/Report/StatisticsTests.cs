using OdmNode.Engine.Report.Statistics;
using OdmNode.Geometry.Linear;

namespace OdmNode.UnitTests.Engine.Report;

public sealed class StatisticsTests
{
    [Fact]
    public void The_histogram_holds_every_error_and_reaches_the_largest()
    {
        double[] errors = [.. Enumerable.Range(0, 1000).Select(i => 0.001 * i), 250];
        ErrorDistribution distribution = ErrorDistribution.Of(errors);
        Assert.Equal(errors.Length, distribution.Histogram.Counts.Sum());
        Assert.Equal(31, distribution.Histogram.Edges.Count);
        Assert.Equal((0, 250), (distribution.Histogram.Edges[0], distribution.Histogram.Edges[^1]));
        Assert.Equal(250, distribution.Maximum);
        Assert.Equal(errors.Average(), distribution.Mean, 12);
        Assert.Equal(0.5, distribution.Median, 12);
        Assert.Equal(Math.Sqrt(errors.Average(error => error * error)), distribution.RootMeanSquare, 9);
        Assert.Equal(0.9, distribution.Percentile90, 12);
    }

    [Fact]
    public void Nothing_has_a_distribution_of_zeros()
    {
        ErrorDistribution none = ErrorDistribution.Of([]);
        Assert.Equal((0, 0, 0, 0), (none.Mean, none.Median, none.RootMeanSquare, none.Maximum));
        Assert.All(none.Histogram.Counts, count => Assert.Equal(0, count));
        Assert.Equal(new CountSummary(0, 0, 0, 0), CountSummary.Of([]));
        Assert.Null(PositionErrors.Of([]));
    }

    [Fact]
    public void The_middle_of_an_even_number_of_counts_lies_between_the_two()
    {
        Assert.Equal(new CountSummary(1, 9, 5, 5), CountSummary.Of([9, 4, 6, 1]));
        Assert.Equal(new CountSummary(2, 10, 5, 4), CountSummary.Of([10, 2, 4]));
    }

    [Fact]
    public void Position_errors_split_into_what_is_common_and_what_is_not()
    {
        Vector3D[] differences = [.. Enumerable.Range(0, 10).Select(i => new Vector3D(1 + (i % 2 == 0 ? 0.5 : -0.5), 0, 0.1 * i))];
        PositionErrors errors = PositionErrors.Of(differences)!;
        Assert.Equal(1, errors.Mean.X, 12);
        Assert.Equal(0.5, errors.Deviation.X, 12);
        Assert.Equal(Math.Sqrt(1.25), errors.RootMeanSquare.X, 12);
        Assert.Equal(0, errors.Deviation.Y, 12);
        Assert.Equal(1.5, errors.Ce90, 12);
        Assert.Equal(0.9, errors.Le90, 12);
        Assert.Equal(differences.Average(d => d.Length), errors.AverageDistance, 12);
    }
}
