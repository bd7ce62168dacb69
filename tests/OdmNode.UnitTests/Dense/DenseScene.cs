using OdmNode.Dense.DepthMaps;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;
using OdmNode.Testing.Surveys;

namespace OdmNode.UnitTests.Dense;

/// <summary>A small synthetic survey with true cameras, its undistorted photos and the depth maps made of them.</summary>
public sealed class DenseScene
{
    public DenseScene()
    {
        Survey = SyntheticSurvey.Create(new SyntheticSurveyOptions { Width = 480, Height = 360, PhotoCount = 6, FlyingHeight = 40 });
        Reconstruction = SyntheticScene.Observe(Survey, 1500, 0.3, 1);
        Neighbours = ViewSelector.Select(Reconstruction, new ViewSelectionOptions(), CancellationToken.None);
        PinholeCamera pinhole = ImageUndistorter.ChoosePinhole(Survey.Camera, Survey.Camera.LongestSide);
        Views =
        [
            .. Survey.Photos.Select(photo => new DenseView(
                photo.ImageName,
                pinhole,
                photo.CameraFromWorld,
                ImageUndistorter.Undistort(
                    Survey.Render(photo, 2, CancellationToken.None), Survey.Camera, pinhole, CancellationToken.None))),
        ];
        Maps = [.. Views.Select((_, i) => Estimate(i))];
    }

    public SyntheticSurvey Survey { get; }

    public Reconstruction Reconstruction { get; }

    public IReadOnlyList<int[]> Neighbours { get; }

    public DenseView[] Views { get; }

    public DepthMap[] Maps { get; }

    public double Gsd => Survey.GroundSampleDistance;

    public DepthMap Estimate(int shot) => DepthMapEstimator.Estimate(
        Views[shot],
        [.. Neighbours[shot].Select(i => Views[i])],
        DepthPrior.FromTiePoints(Reconstruction, shot),
        new DepthMapOptions(),
        CancellationToken.None);

    /// <summary>Vertical errors, metres, of the depths that lie on open ground; and the share of its pixels that have one.</summary>
    public (double[] SortedErrors, double Completeness) OpenGround(DepthMap map)
    {
        RigidTransform worldFromCamera = map.CameraFromWorld.Inverse();
        PinholeCamera camera = map.Camera;
        var errors = new List<double>();
        int open = 0;
        for (int y = 1; y < camera.Height; y += 3)
        {
            for (int x = 1; x < camera.Width; x += 3)
            {
                Vector3D direction = worldFromCamera.Rotation * camera.Unproject(x + 0.5, y + 0.5, 1);
                double trueDepth = -worldFromCamera.Translation.Z / direction.Z;
                for (int iteration = 0; iteration < 10; iteration++)
                {
                    Vector3D at = worldFromCamera.Translation + (trueDepth * direction);
                    trueDepth = (Survey.SurfaceHeightInWorld(at.X, at.Y) - worldFromCamera.Translation.Z) / direction.Z;
                }

                Vector3D point = Survey.MapFrame.MapFromWorld(worldFromCamera.Translation + (trueDepth * direction));
                if (!Survey.IsOpenGround(point.X, point.Y, 1))
                {
                    continue;
                }

                open++;
                float depth = map.Depth[(y * camera.Width) + x];
                if (depth > 0)
                {
                    errors.Add(Math.Abs((depth - trueDepth) * direction.Z));
                }
            }
        }

        return ([.. errors.Order()], (double)errors.Count / open);
    }
}
