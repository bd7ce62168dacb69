using OdmNode.Testing.Files;
using OdmNode.WebOdm.Files;

namespace OdmNode.UnitTests.WebOdm;

public sealed class ResultStatisticsTests : IDisposable
{
    private readonly TemporaryFolder _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void The_report_is_read_where_it_says_something()
    {
        Write("""
            {"processing_statistics":{"area":7064.5,"start_date":"23/06/2016 at 16:31:59","end_date":"23/06/2016 at 16:34:03"},
            "reconstruction_statistics":{"has_gps":true,"has_gcp":false},"odm_processing_statistics":{"average_gsd":1.63},
            "point_cloud_statistics":{"stats":{"statistic":[{"name":"X","count":1731501},{"name":"Y","count":1731501}]}}}
            """);
        Assert.Equal(
            new ResultStatistics
            {
                Points = 1731501, GroundSampling = 1.63, Area = 7064.5, StartDate = "23/06/2016 at 16:31:59", EndDate = "23/06/2016 at 16:34:03", HasGps = true,
            },
            ResultStatistics.Read(_results.Root));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"processing_statistics":[],"point_cloud_statistics":{"stats":{"statistic":[]}},"reconstruction_statistics":{"has_gps":"yes"}}""")]
    [InlineData("""{"point_cloud_statistics":{"stats":{"statistic":[7]}},"odm_processing_statistics":{"average_gsd":"1"}}""")]
    public void A_report_of_another_shape_says_nothing(string report)
    {
        Write(report);
        Assert.Equal(new ResultStatistics(), ResultStatistics.Read(_results.Root));
    }

    [Fact]
    public void Without_a_report_or_with_a_damaged_one_nothing_is_known()
    {
        Assert.Null(ResultStatistics.Read(_results.Root));
        Write("{\"processing_statistics\":");
        Assert.Null(ResultStatistics.Read(_results.Root));
    }

    private void Write(string report)
    {
        string path = _results.PathOf("assets", "odm_report", "stats.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, report);
    }
}
