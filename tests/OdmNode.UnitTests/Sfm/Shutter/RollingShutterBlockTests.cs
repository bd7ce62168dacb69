using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;
using OdmNode.Sfm;
using OdmNode.Sfm.Bundle;
using OdmNode.Sfm.Registration;
using OdmNode.Sfm.Shutter;

namespace OdmNode.UnitTests.Sfm.Shutter;

/// <summary>Blocks flown at 12 m/s with a readout of 50 ms: 0.6 m, or 25 pixels, from the first row to the last.</summary>
public class RollingShutterBlockTests
{
    private const double Readout = 0.05;

    [Fact]
    public void Uncorrected_the_ground_under_a_line_rises_by_focal_length_times_travel_over_the_pictures_height()
    {
        double expected = SyntheticBlock.TrueLens.FocalY * 12 * Readout / SyntheticBlock.TrueLens.Height;
        double before = HeightError(Line(), tellsReadout: false);
        double after = HeightError(Line(), tellsReadout: true);
        Assert.InRange(before, 0.85 * expected, 1.15 * expected);
        Assert.InRange(Math.Abs(after), 0, 0.1 * expected);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_block_is_right_to_the_noise_once_its_motion_is_known(bool turns, bool tellsSpeed)
    {
        (SfmResult plain, double errorBefore) = Run(Flight(turns), tellsReadout: false, tellsSpeed);
        (SfmResult corrected, double errorAfter) = Run(Flight(turns), tellsReadout: true, tellsSpeed);
        Assert.Null(plain.Shutter);
        Assert.All(plain.Reconstruction.Shots, static shot => Assert.Equal(Vector3D.Zero, shot.ReadoutTravel));
        Assert.InRange(errorAfter, 0, errorBefore / 5);
        // Where the camera turns with the drone all photos are stretched alike, and the block with them: only the heights tell.
        Assert.True(turns || plain.Statistics.PixelSigma > 0.5, $"{plain.Statistics.PixelSigma}");
        Assert.InRange(corrected.Statistics.PixelSigma, 0.25, 0.37);
        Assert.InRange(ReprojectionStatistics.Of(corrected.Reconstruction).Mean, 0.2, 0.45);

        ShutterSummary summary = corrected.Shutter!;
        Assert.Equal((20, tellsSpeed ? 20 : 0, 0), (summary.Photos, summary.MeasuredSpeeds, summary.WithoutSpeed));
        Assert.Equal(50, summary.MostReadoutMilliseconds, 1e-9);
        Assert.InRange(summary.MedianSpeed, 11.8, 12.2);
        Assert.InRange(summary.MedianShiftPixels, 4, 9);
        Assert.InRange(summary.Rounds, 1, 3);
        Assert.All(corrected.Reconstruction.Shots, static shot => Assert.InRange(shot.ReadoutTravel.Length, 0.57, 0.63));
    }

    [Fact]
    public void Marks_of_control_points_move_with_their_photos()
    {
        SyntheticBlock block = Flight(turns: true);
        (block.TellsReadout, block.TellsSpeed, block.Readout) = (true, true, Readout);
        Vector3D[] corners = [new(-5, -5, 1), new(92, -5, 3), new(92, 98, -2), new(-5, 98, 0)];
        SfmInput input = block.Build() with { ControlPoints = [.. corners.Select((corner, i) => block.Survey($"GCP{i}", corner, corner))] };
        SfmResult result = IncrementalReconstructor.Run(input, new SfmOptions(), null, CancellationToken.None);
        Assert.True(result.FollowsControl);
        Assert.Equal(4, result.ControlResiduals.Count);
        Assert.All(result.ControlResiduals, static residual => Assert.InRange(residual.Difference.Length, 0, 0.05));
        Assert.All(
            result.ControlResiduals.SelectMany(static residual => residual.Marks),
            static mark => Assert.InRange((mark.Reprojected - new Vector2D(mark.Mark.X, mark.Mark.Y)).Length, 0, 3));
    }

    [Fact]
    public void A_block_without_a_map_is_left_as_it_is()
    {
        SyntheticBlock block = Flight(turns: true);
        block.HasPositions = false;
        SfmResult result = Run(block, tellsReadout: true, tellsSpeed: true).Result;
        Assert.Null(result.Shutter);
        Assert.All(result.Reconstruction.Shots, static shot => Assert.Equal(Vector3D.Zero, shot.ReadoutTravel));
    }

    private static SyntheticBlock Line()
    {
        var block = new SyntheticBlock(21) { TellsPitch = true, BestPositionSigma = 0.01 };
        block.AddGround(1200, -40, -50, 220, 50);
        block.AddFlight(9, 1, turns: true, sway: 1.5);
        return block;
    }

    private static SyntheticBlock Flight(bool turns)
    {
        var block = new SyntheticBlock(22);
        block.AddGround(2500, -50, -50, 140, 145);
        block.AddFlight(5, 4, turns);
        return block;
    }

    /// <summary>Mean height of the points above their true places, with a calibrated lens, metres.</summary>
    private static double HeightError(SyntheticBlock block, bool tellsReadout)
    {
        (block.TellsReadout, block.TellsSpeed, block.Readout) = (tellsReadout, true, Readout);
        SfmInput input = block.Build() with
        {
            Cameras = new Dictionary<string, SfmCamera> { ["lens"] = new(SyntheticBlock.TrueLens) { IsFixed = true } },
        };
        SfmResult result = IncrementalReconstructor.Run(input, new SfmOptions(), null, CancellationToken.None);
        return Errors(block, result.Reconstruction).Average(static error => error.Z);
    }

    private static (SfmResult Result, double Error) Run(SyntheticBlock block, bool tellsReadout, bool tellsSpeed)
    {
        (block.TellsReadout, block.TellsSpeed, block.Readout) = (tellsReadout, tellsSpeed, Readout);
        SfmResult result = IncrementalReconstructor.Run(block.Build(), new SfmOptions(), null, CancellationToken.None);
        Assert.Empty(result.Unplaced);
        double[] lengths = [.. Errors(block, result.Reconstruction).Select(static error => error.Length).Order()];
        return (result, lengths[lengths.Length / 2]);
    }

    /// <summary>Found minus true place of each tie point whose first observation names it.</summary>
    private static IEnumerable<Vector3D> Errors(SyntheticBlock block, Reconstruction scene)
    {
        int[] photoOf = [.. scene.Shots.Select(static shot => int.Parse(shot.ImageName.AsSpan(1, 4), System.Globalization.CultureInfo.InvariantCulture))];
        for (int i = 0; i < scene.Points.Count; i++)
        {
            Observation[] seen = scene.Points.ObservationsOf(i).ToArray();
            int[] named = [.. seen.Select(o => block.PointsOfPhoto[photoOf[o.Shot]][o.Feature]).Distinct()];
            if (named.Length == 1)
            {
                yield return scene.Points.Positions[i] - block.Points[named[0]];
            }
        }
    }
}
