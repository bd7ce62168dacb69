using OdmNode.Engine.Options;
using OdmNode.Engine.Stages;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Metadata;
using OdmNode.Pipeline.Stages;
using OdmNode.Sfm.Shutter;

namespace OdmNode.UnitTests.Engine;

public class ShutterOptionTests
{
    private static readonly PhotoMetadata Mini = new()
    {
        ImageName = "a.jpg", Width = 4000, Height = 3000, Make = "DJI", Model = "FC7203", CaptureTime = 1000.25,
    };

    [Fact]
    public void A_photo_is_corrected_only_where_it_is_asked_for() => Assert.Null(ShutterOption.TimingOf(Mini, Options("false", "30")));

    [Fact]
    public void The_readout_is_that_of_the_table_unless_another_is_given()
    {
        Assert.Equal(new ShutterTiming(0.025, 1000.25, null), ShutterOption.TimingOf(Mini, Options("true", "0")));
        Assert.Equal(0.0425, ShutterOption.TimingOf(Mini, Options("true", "42.5"))!.ReadoutSeconds, 1e-12);
    }

    [Fact]
    public void An_unknown_camera_is_left_alone_unless_its_readout_is_given()
    {
        PhotoMetadata unknown = Mini with { Model = "FC9999" };
        Assert.Null(ShutterOption.TimingOf(unknown, Options("true", "0")));
        Assert.Equal(0.02, ShutterOption.TimingOf(unknown, Options("true", "20"))!.ReadoutSeconds, 1e-12);
    }

    [Fact]
    public void The_speed_of_the_drone_is_taken_over() => Assert.Equal(
        new Vector3D(3, -4, 0.5),
        ShutterOption.TimingOf(Mini with { SpeedEast = 3, SpeedNorth = -4, SpeedUp = 0.5 }, Options("true", "0"))!.Velocity);

    [Fact]
    public void Switching_it_makes_the_reconstruction_anew_and_not_what_comes_before()
    {
        Assert.Contains(ShutterOption.Switch, new ReconstructStage().Info.Options);
        Assert.Contains(ShutterOption.Readout, new ReconstructStage().Info.Options);
        Assert.DoesNotContain(ShutterOption.Switch, new ExtractFeaturesStage().Info.Options.Concat(new MatchFeaturesStage().Info.Options));
        Assert.Empty(IdleOptions.Explain(
            EngineCommandLine.Parse(["--rolling-shutter", "--rolling-shutter-readout", "30"], Path.GetTempPath()).Options));
    }

    [Fact]
    public void The_console_tells_readout_speed_and_move()
    {
        string line = ShutterOption.Describe(new ShutterSummary
        {
            Photos = 12, MeasuredSpeeds = 10, WithoutSpeed = 1, LeastReadoutMilliseconds = 19, MostReadoutMilliseconds = 25,
            MedianSpeed = 9.84, MedianShiftPixels = 3.456, Rounds = 2,
        });
        Assert.Equal(
            "Rolling shutter of 12 photos corrected: readout 19 to 25 ms, median speed 9.8 m/s (10 from the drone, 2 from neighbouring photos), "
            + "observations moved by 3.46 pixels in the median.",
            line);
    }

    private static OptionView Options(string on, string readout) => new(
        [ShutterOption.Switch, ShutterOption.Readout],
        [],
        new Dictionary<string, string> { [ShutterOption.Switch] = on, [ShutterOption.Readout] = readout });
}
