using OdmNode.Scene.Model;
using OdmNode.Sfm;
using OdmNode.Sfm.Bundle;
using OdmNode.Sfm.Registration;

namespace OdmNode.UnitTests.Sfm;

public class IncrementalReconstructorTests
{
    private static readonly SfmOptions Options = new() { DegreeOfParallelism = 2 };

    [Fact]
    public void A_survey_with_a_crossing_strip_is_recovered_within_half_a_ground_pixel()
    {
        SyntheticBlock block = Survey();
        SfmResult result = Run(block.Build());
        Assert.Empty(result.Unplaced);
        Assert.NotNull(result.Reconstruction.MapFrame);
        double rmse = CenterRmse(block, result);
        ReprojectionStatistics errors = ReprojectionStatistics.Of(result.Reconstruction);
        Assert.True(rmse < 0.5 * SyntheticBlock.Gsd, $"centres {rmse} m, GSD {SyntheticBlock.Gsd}, {result.Reconstruction.Cameras["lens"]}, {errors}");
        Assert.InRange(result.Reconstruction.Cameras["lens"].FocalX, 3300 * 0.999, 3300 * 1.001);
        Assert.InRange(errors.Mean, 0.2, 0.45);
        Assert.InRange(result.Statistics.PixelSigma, 0.2, 0.4);
    }

    internal static SyntheticBlock Survey(int seed = 1)
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

    internal static SfmResult Run(SfmInput input, int parallelism = 2) =>
        IncrementalReconstructor.Run(input, Options with { DegreeOfParallelism = parallelism }, null, CancellationToken.None);

    internal static double CenterRmse(SyntheticBlock block, SfmResult result)
    {
        double sum = 0;
        foreach (Shot shot in result.Reconstruction.Shots)
        {
            int index = int.Parse(shot.ImageName.AsSpan(1, 4), System.Globalization.CultureInfo.InvariantCulture);
            sum += (shot.CameraFromWorld.Center - block.Cameras[index].Center).LengthSquared;
        }

        return Math.Sqrt(sum / result.Reconstruction.Shots.Count);
    }
}
