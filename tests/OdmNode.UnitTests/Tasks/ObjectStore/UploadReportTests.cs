using OdmNode.Tasks.ObjectStore;

namespace OdmNode.UnitTests.Tasks.ObjectStore;

public sealed class UploadReportTests
{
    private readonly List<string> _lines = [];
    private readonly List<double> _fractions = [];

    [Fact]
    public void Percentages_are_multiples_of_five_that_only_rise()
    {
        var file = new FileProgress("all.zip", 1000);
        var report = Report(1000);
        foreach (var bytes in (long[])[49, 1, 30, 130, -160, 160, 700, 90])
        {
            report.Add(file, bytes);
        }

        Assert.Equal(
            [
                "Uploading all.zip... 5%", "Uploading all.zip... 20%", "Uploading all.zip... 90%", "Uploading all.zip... 100%",
                "Finalizing all.zip upload, this could take a bit...",
            ],
            _lines);
        Assert.Equal([0.049, 0.05, 0.08, 0.21, 0.91, 1], _fractions);
    }

    [Fact]
    public void An_empty_file_is_told_when_it_has_arrived()
    {
        var report = Report(0);

        report.Finish(new FileProgress("empty.txt", 0));
        report.Finish();

        Assert.Equal(["Uploading empty.txt... 100%", "Finalizing empty.txt upload, this could take a bit...", "Done uploading to S3!"], _lines);
        Assert.Equal([1], _fractions);
    }

    [Fact]
    public void Files_of_one_upload_share_the_fraction_and_not_the_percentages()
    {
        var report = Report(1000);
        report.Add(new FileProgress("a", 250), 250);
        report.Add(new FileProgress("b", 750), 75);

        Assert.Equal(["Uploading a... 100%", "Finalizing a upload, this could take a bit...", "Uploading b... 10%"], _lines);
        Assert.Equal([0.25, 0.325], _fractions);
    }

    [Fact]
    public void Fractions_are_told_no_more_often_than_they_can_be_seen()
    {
        var file = new FileProgress("all.zip", 1_000_000);
        var report = Report(1_000_000);
        for (var i = 0; i < 1_000_000; i += 10)
        {
            report.Add(file, 10);
        }

        Assert.InRange(_fractions.Count, 900, 1001);
    }

    private UploadReport Report(long totalBytes) => new(totalBytes, _lines.Add, _fractions.Add);
}
