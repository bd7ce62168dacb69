using OdmNode.Core.Errors;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;
using OdmNode.Sfm;
using OdmNode.Sfm.Alignment;
using OdmNode.Sfm.Bundle;
using OdmNode.Sfm.Registration;

namespace OdmNode.UnitTests.Sfm;

public class IncrementalReconstructorTests
{
    [Fact]
    public void A_survey_with_a_crossing_strip_is_recovered_within_half_a_ground_pixel()
    {
        SyntheticBlock block = Survey();
        SfmResult result = Run(block.Build());
        Assert.Empty(result.Unplaced);
        Assert.NotNull(result.Reconstruction.MapFrame);
        Assert.InRange(CenterRmse(block, result), 0, 0.5 * SyntheticBlock.Gsd);
        Assert.InRange(result.Reconstruction.Cameras["lens"].FocalX, 3300 * 0.999, 3300 * 1.001);
        ReprojectionStatistics errors = ReprojectionStatistics.Of(result.Reconstruction);
        Assert.InRange(errors.Mean, 0.2, 0.45);
        Assert.InRange(result.Statistics.PixelSigma, 0.25, 0.37);
    }

    [Fact]
    public void Noisy_positions_do_not_bend_the_block()
    {
        SyntheticBlock block = Survey();
        block.PositionNoise = 2;
        SfmResult result = Run(block.Build());
        Assert.Empty(result.Unplaced);
        Assert.InRange(AlignedCenterRmse(block, result), 0, SyntheticBlock.Gsd);
        Assert.InRange(result.PositionResiduals.RootMeanSquareDistance, 2, 5);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.005)]
    [InlineData(0.02)]
    public void Positions_good_to_millimetres_are_met_although_the_lens_is_not_known_at_first(double sigma)
    {
        SyntheticBlock block = NadirSurvey();
        block.BestPositionSigma = sigma;
        SfmResult result = Run(block.Build());
        Assert.Empty(result.Unplaced);
        Assert.InRange(CenterRmse(block, result), 0, 0.5 * SyntheticBlock.Gsd);
        Assert.InRange(result.Reconstruction.Cameras["lens"].FocalX, 3300 * 0.995, 3300 * 1.005);
        Assert.InRange(result.Statistics.PixelSigma, 0.25, 0.37);
    }

    [Fact]
    public void A_survey_without_positions_stands_level_in_its_own_frame()
    {
        SyntheticBlock block = Survey();
        block.HasPositions = false;
        SfmResult result = Run(block.Build());
        Assert.Empty(result.Unplaced);
        Assert.Null(result.Reconstruction.MapFrame);
        Assert.Empty(result.PositionResiduals.Residuals);
        Assert.InRange(AlignedCenterRmse(block, result), 0, SyntheticBlock.Gsd);
        double meanHeight = result.Reconstruction.Shots.Average(static s => s.CameraFromWorld.Center.Z);
        Assert.InRange(meanHeight, -1e-6, 1e-6);
        Assert.All(result.Reconstruction.Points.Positions, static p => Assert.InRange(p.Z, -20, -5));
    }

    /// <param name="east">Scatter of the positions in plan, metres.</param>
    /// <param name="up">Scatter of their heights, metres.</param>
    /// <param name="tellsPitch">Whether the gimbals say that the cameras look down.</param>
    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0.01, 0.2, true)]
    [InlineData(0, 30, true)]
    [InlineData(300, 300, false)]
    public void Positions_that_say_nothing_leave_the_block_in_a_frame_of_its_own(double east, double up, bool tellsPitch)
    {
        SyntheticBlock block = Survey();
        block.TellsPitch = tellsPitch;
        SfmInput input = block.Build();
        var random = new Random(4);
        double Some(double scatter) => scatter * (random.NextDouble() - 0.5);
        input = input with
        {
            Photos = [.. input.Photos.Select(photo => photo with { Position = new PositionPrior(new Vector3D(Some(east), Some(east), 80 + Some(up)), 5, 10) })],
        };
        SfmResult result = Run(input);
        Assert.Empty(result.Unplaced);
        Assert.Null(result.Reconstruction.MapFrame);
        Assert.InRange(AlignedCenterRmse(block, result), 0, SyntheticBlock.Gsd);
    }

    [Fact]
    public void A_strip_that_looks_down_stands_level_without_positions_where_its_gimbals_tell()
    {
        // All upper edges point east, as if the strip had been taken along a wall.
        var block = new SyntheticBlock(6) { TellsPitch = true, HasPositions = false };
        block.AddGround(1500, -60, -60, 150, 60);
        for (int i = 0; i < 6; i++)
        {
            block.AddCamera(20 * i, 0, 80, 90, 0);
        }

        SfmResult result = Run(block.Build());
        Assert.Empty(result.Unplaced);
        Assert.All(result.Reconstruction.Shots, static shot => Assert.InRange(shot.CameraFromWorld.Center.Z, -0.5, 0.5));
        Assert.All(result.Reconstruction.Points.Positions, static point => Assert.InRange(point.Z, -20, -5));
    }

    [Fact]
    public void Positions_on_one_line_leave_the_tilt_to_the_way_the_cameras_were_held()
    {
        var block = new SyntheticBlock(5) { TellsPitch = true };
        block.AddGround(1500, -60, -60, 150, 60);
        for (int i = 0; i < 6; i++)
        {
            block.AddCamera(20 * i, 0, 80, 90, 0);
        }

        SfmResult result = Run(block.Build());
        Assert.Empty(result.Unplaced);
        foreach (Vector3D point in result.Reconstruction.Points.Positions)
        {
            Assert.InRange(point.Z, -20, 25);
        }
    }

    [Fact]
    public void Two_photos_are_enough()
    {
        var block = new SyntheticBlock(2) { TellsPitch = true, FocalError = 0 };
        block.AddGround(800, -60, -60, 80, 60);
        block.AddCamera(0, 0, 80, 90, 0);
        block.AddCamera(20, 0, 80, 90, 0);
        SfmResult result = Run(block.Build());
        Assert.Equal(2, result.Reconstruction.Shots.Count);
        Assert.NotNull(result.Reconstruction.MapFrame);
        Assert.True(result.Reconstruction.Points.Count > 100);
    }

    [Fact]
    public void A_pair_that_only_turned_gives_no_reconstruction()
    {
        var block = new SyntheticBlock(3);
        block.AddGround(800, -60, -60, 60, 60);
        block.AddCamera(0, 0, 80, 90, 0);
        block.AddCamera(0, 0, 80, 90, 15);
        SfmResult result = Run(block.Build());
        Assert.Empty(result.Reconstruction.Shots);
        Assert.Equal(2, result.Unplaced.Count);
    }

    [Fact]
    public void Parts_that_nothing_joins_share_one_world_when_they_have_positions()
    {
        SyntheticBlock block = TwoParts();
        SfmResult result = Run(block.Build());
        Assert.Empty(result.Unplaced);
        Assert.Equal(2, result.Statistics.Components);
        Assert.InRange(CenterRmse(block, result), 0, 3 * SyntheticBlock.Gsd);
    }

    [Fact]
    public void Without_positions_the_largest_part_is_kept_and_the_rest_told()
    {
        SyntheticBlock block = TwoParts();
        block.HasPositions = false;
        SfmResult result = Run(block.Build());
        Assert.Equal(9, result.Reconstruction.Shots.Count);
        Assert.Equal(6, result.Unplaced.Count);
        Assert.All(result.Unplaced, static u => Assert.Contains("6 photos", u.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_photo_without_matches_is_told_as_unplaced()
    {
        SyntheticBlock block = Survey();
        block.AddCamera(5000, 5000, 80, 0, 0);
        SfmResult result = Run(block.Build());
        UnplacedPhoto unplaced = Assert.Single(result.Unplaced);
        Assert.Equal("It matches no other photo.", unplaced.Reason);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        SfmInput input = Survey().Build();
        Assert.Equal(Bytes(Run(input, parallelism: 1)), Bytes(Run(input, parallelism: 4)));
    }

    [Fact]
    public void The_result_does_not_depend_on_the_order_of_the_pairs()
    {
        SfmInput input = Survey().Build();
        Assert.Equal(Bytes(Run(input)), Bytes(Run(input with { Pairs = [.. input.Pairs.Reverse()] })));
    }

    [Fact]
    public void A_cancelled_run_ends_with_the_token_that_was_given()
    {
        using var source = new CancellationTokenSource();
        var progress = new Reaction(source.Cancel);
        var exception = Assert.ThrowsAny<OperationCanceledException>(
            () => IncrementalReconstructor.Run(Survey().Build(), new SfmOptions(), progress, source.Token));
        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Fact]
    public void Photos_out_of_order_are_refused()
    {
        SfmInput input = Survey().Build();
        var exception = Assert.Throws<OdmException>(() => Run(input with { Photos = [.. input.Photos.Reverse()] }));
        Assert.Equal(ErrorKind.Internal, exception.Kind);
    }

    [Fact]
    public void A_fixed_calibration_stays_as_it_is()
    {
        SyntheticBlock block = Survey();
        SfmInput input = block.Build();
        var calibrated = new Dictionary<string, SfmCamera> { ["lens"] = new(SyntheticBlock.TrueLens) { IsFixed = true } };
        SfmResult result = Run(input with { Cameras = calibrated });
        Assert.Empty(result.Unplaced);
        Assert.Equal(SyntheticBlock.TrueLens, result.Reconstruction.Cameras["lens"]);
    }

    private static SyntheticBlock Survey(int seed = 1)
    {
        var block = new SyntheticBlock(seed);
        block.AddGround(1500, -60, -60, 150, 150);
        block.AddGrid(5, 3);
        for (int i = 0; i < 4; i++)
        {
            block.AddCamera(50, i * 20, 95, 0, 25);
        }

        return block;
    }

    private static SyntheticBlock NadirSurvey()
    {
        var block = new SyntheticBlock(7);
        block.AddGround(1500, -60, -60, 150, 150);
        block.AddGrid(5, 3);
        return block;
    }

    private static SyntheticBlock TwoParts()
    {
        var block = new SyntheticBlock(4);
        block.AddGround(900, -60, -60, 110, 130);
        block.AddGrid(3, 3);
        block.AddGround(700, 440, -60, 610, 100);
        for (int i = 0; i < 6; i++)
        {
            block.AddCamera(500 + (22 * (i % 3)), 31 * (i / 3), 80, 90, 0);
        }

        return block;
    }

    private static SfmResult Run(SfmInput input, int parallelism = 2) => IncrementalReconstructor.Run(
        input, new SfmOptions { DegreeOfParallelism = parallelism }, null, CancellationToken.None);

    private static byte[] Bytes(SfmResult result)
    {
        using var stream = new MemoryStream();
        ReconstructionFormat.Write(result.Reconstruction, stream);
        return stream.ToArray();
    }

    private static double CenterRmse(SyntheticBlock block, SfmResult result)
    {
        (Vector3D[] found, Vector3D[] truth) = Centers(block, result);
        return Math.Sqrt(found.Zip(truth, static (a, b) => (a - b).LengthSquared).Average());
    }

    private static double AlignedCenterRmse(SyntheticBlock block, SfmResult result)
    {
        (Vector3D[] found, Vector3D[] truth) = Centers(block, result);
        SimilarityTransform fit = SimilarityEstimator.Estimate(found, truth, [.. found.Select(static _ => 1.0)])!.Value;
        return Math.Sqrt(found.Zip(truth, (a, b) => ((fit * a) - b).LengthSquared).Average());
    }

    private static (Vector3D[] Found, Vector3D[] Truth) Centers(SyntheticBlock block, SfmResult result)
    {
        Shot[] shots = [.. result.Reconstruction.Shots];
        return (
            [.. shots.Select(static s => s.CameraFromWorld.Center)],
            [.. shots.Select(s => block.Cameras[int.Parse(s.ImageName.AsSpan(1, 4), provider: null)].Center)]);
    }

    private sealed class Reaction(Action action) : IProgress<SfmProgress>
    {
        public void Report(SfmProgress value)
        {
            if (value.Fraction > 0.2)
            {
                action();
            }
        }
    }
}
