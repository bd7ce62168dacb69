using Microsoft.Extensions.Time.Testing;
using OdmNode.Tasks.Engines;
using OdmNode.Tasks.Queue;

namespace OdmNode.UnitTests.Tasks;

public sealed class RunOutlookTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<(string Stage, double Seconds)> _stages = [];
    private readonly RunOutlook _outlook;

    public RunOutlookTests() => _outlook = new RunOutlook(_time, (stage, elapsed) => _stages.Add((stage, elapsed.TotalSeconds)));

    [Fact]
    public void Nobody_knows_the_time_left_at_the_start()
    {
        _outlook.Report(Report(0.01, 0));
        Assert.Null(_outlook.Describe().SecondsLeft);
        _time.Advance(TimeSpan.FromSeconds(30));
        _outlook.Report(Report(0.015, 0));
        Assert.Null(_outlook.Describe().SecondsLeft);
    }

    [Fact]
    public void The_time_left_is_what_remains_at_the_speed_of_this_run_alone()
    {
        _time.Advance(TimeSpan.FromSeconds(10));
        _outlook.Report(Report(0.7, 0.5));

        // A fifth took ten seconds; three tenths remain.
        Assert.Equal(15, _outlook.Describe().SecondsLeft);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(11, _outlook.Describe().SecondsLeft);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, _outlook.Describe().SecondsLeft);
    }

    [Fact]
    public void An_engine_that_tells_only_percentages_is_believed_from_its_first_on()
    {
        _outlook.Report(0.4);
        _time.Advance(TimeSpan.FromSeconds(20));
        _outlook.Report(0.6);

        Assert.Equal(40, _outlook.Describe().SecondsLeft);
        Assert.Null(_outlook.Describe().Step);
    }

    [Fact]
    public void Stages_are_timed_one_after_the_other()
    {
        _outlook.Observe("[INFO]    Running dataset stage");
        _time.Advance(TimeSpan.FromSeconds(3));
        _outlook.Observe("[INFO]    Running opensfm stage");
        _outlook.Observe("[INFO]    Running extract-features (opensfm): 4 units");
        _time.Advance(TimeSpan.FromSeconds(5));
        _outlook.Enter(RunOutlook.Packing);
        Assert.Equal("packing", _outlook.Describe().Stage);
        _time.Advance(TimeSpan.FromSeconds(1));
        _outlook.End();

        Assert.Equal([("dataset", 3), ("opensfm", 5), ("packing", 1)], _stages);
    }

    [Fact]
    public void A_report_names_stage_step_and_units()
    {
        _outlook.Report(Report(0.5, 0));

        Assert.Equal(
            new TaskOutlook { Stage = "openmvs", Step = "estimate-depth", UnitsDone = 5, UnitsPlanned = 18 }, _outlook.Describe());
    }

    private static EngineReport Report(double fraction, double kept) => new("openmvs", "estimate-depth", 5, 18, fraction, kept);
}
