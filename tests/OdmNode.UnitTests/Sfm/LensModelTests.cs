using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Sfm;
using OdmNode.Sfm.Bundle;
using OdmNode.Sfm.Control;
using OdmNode.Sfm.Registration;

namespace OdmNode.UnitTests.Sfm;

public class LensModelTests
{
    // 82 degrees off axis at the left and right edges, more in the corners.
    private static readonly FisheyeCamera OpenCv = new()
    {
        Width = 4000, Height = 3000, FocalX = 1400, FocalY = 1400, CenterX = 2012, CenterY = 1492,
        K1 = 0.04, K2 = -0.02, K3 = 0.004, K4 = -0.0004,
    };

    private static readonly FisheyeCamera OpenSfm = new()
    {
        Model = LensModel.Fisheye, Width = 4000, Height = 3000, FocalX = 1700, FocalY = 1700, CenterX = 2000, CenterY = 1500,
        K1 = -0.03, K2 = 0.01,
    };

    private static readonly FisheyeCamera Dual = new()
    {
        Model = LensModel.Dual, Width = 4000, Height = 3000, FocalX = 2200, FocalY = 2200, CenterX = 2000, CenterY = 1500,
        K1 = -0.05, K2 = 0.02, Transition = 0.6,
    };

    private static readonly BrownCamera Perspective = new()
    {
        Model = LensModel.Perspective, Width = 4000, Height = 3000, FocalX = 3300, FocalY = 3300, CenterX = 2000, CenterY = 1500,
        K1 = -0.06, K2 = 0.03,
    };

    private static readonly Camera Sphere = Camera.Of(LensModel.Spherical, 8000, 4000, 0);

    public static TheoryData<Camera> Lenses => [OpenCv, OpenSfm, Dual, Perspective, Sphere];

    [Theory]
    [MemberData(nameof(Lenses))]
    public void A_survey_is_recovered_with_its_lens(Camera lens)
    {
        SyntheticBlock block = Survey(lens);
        SfmResult result = Run(block.Build());
        Assert.Empty(result.Unplaced);
        Assert.NotNull(result.Reconstruction.MapFrame);
        Assert.InRange(CenterRmse(block, result), 0, 0.5 * 80 / lens.FocalX);
        Camera found = result.Reconstruction.Cameras["lens"];
        Assert.Equal(lens.Model, found.Model);
        // The values of a model trade with one another; what they say together is where the picture shows a ray.
        for (int i = 0; i <= 8; i++)
        {
            Vector3D ray = lens.Unproject(new Vector2D(lens.Width * i / 8.0, lens.Height * i / 8.0));
            Assert.InRange(Vector3D.AngleBetween(ray, found.Unproject(lens.Project(ray))) * lens.FocalX, 0, 2);
        }

        Assert.InRange(ReprojectionStatistics.Of(result.Reconstruction).Mean, 0.2, 0.45);
        Assert.InRange(result.Statistics.PixelSigma, 0.25, 0.37);
    }

    [Fact]
    public void Values_that_a_model_does_not_have_stay()
    {
        foreach (Camera lens in (Camera[])[OpenSfm, Perspective])
        {
            Camera found = Run(Survey(lens).Build()).Reconstruction.Cameras["lens"];
            double[] values = found.Parameters();
            Assert.Equal([1, 2000, 1500], values[1..4]);
            Assert.Equal([0, 0, 0], values[6..]);
        }
    }

    [Fact]
    public void Points_beside_a_fisheye_are_in_its_block()
    {
        SyntheticBlock block = Survey(OpenCv);
        SfmResult result = Run(block.Build());
        double widest = 0;
        for (int point = 0; point < result.Reconstruction.Points.Count; point++)
        {
            foreach (OdmNode.Scene.Model.Observation seen in result.Reconstruction.Points.ObservationsOf(point))
            {
                Vector3D inCamera = result.Reconstruction.Shots[seen.Shot].CameraFromWorld * result.Reconstruction.Points.Positions[point];
                widest = Math.Max(widest, Vector3D.AngleBetween(inCamera, new Vector3D(0, 0, 1)));
            }
        }

        Assert.InRange(widest, 70 * Math.PI / 180, Math.PI);
    }

    [Fact]
    public void Control_points_hold_a_block_of_fisheye_photos()
    {
        SyntheticBlock block = Survey(OpenCv);
        Vector3D[] corners = [new(10, 10, 1), new(95, 12, -2), new(12, 80, 0), new(98, 82, 3), new(50, 45, 2)];
        ControlPoint[] points = [.. corners.Select((corner, i) => block.Survey($"GCP{i}", corner, corner - new Vector3D(1, -0.5, 30)))];
        SfmResult result = Run(block.Build() with { ControlPoints = points });
        Assert.True(result.FollowsControl);
        // Half a pixel in each mark, of which the corners have few.
        Assert.All(result.ControlResiduals, residual => Assert.InRange(residual.Difference.Length, 0, 3 * 80 / OpenCv.FocalX));
    }

    private static SyntheticBlock Survey(Camera lens)
    {
        var block = new SyntheticBlock(11) { Lens = lens };
        block.AddGround(2500, -180, -180, 270, 270);
        block.AddGround(1000, -40, -40, 130, 110);
        block.AddGrid(5, 3);
        for (int i = 0; i < 3; i++)
        {
            block.AddCamera(10 + (30 * i), 30, 85, 0, 25);
        }

        return block;
    }

    private static SfmResult Run(SfmInput input) => IncrementalReconstructor.Run(input, new SfmOptions(), null, CancellationToken.None);

    private static double CenterRmse(SyntheticBlock block, SfmResult result) => Math.Sqrt(result.Reconstruction.Shots.Average(shot =>
        (shot.CameraFromWorld.Center - block.Cameras[int.Parse(shot.ImageName.AsSpan(1, 4), provider: null)].Center).LengthSquared));
}
