using OdmNode.Core.Identity;
using OdmNode.Dense.DepthMaps;
using OdmNode.Engine.Running;
using OdmNode.Geometry.Cameras;
using OdmNode.Imaging.Buffers;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Estimates the depth map of every placed photo against its neighbours. Unit: an image.</summary>
internal sealed class EstimateDepthStage(SceneCache scenes) : IStage
{
    private const string DepthSection = "depth";
    private const long CacheBytes = 256L << 20;
    private readonly LruCache<DenseView> views = new(CacheBytes);
    private readonly DepthMapOptions options = new();
    private IReadOnlyList<int[]> neighbours = [];

    public StageInfo Info { get; } = new(StageNames.EstimateDepth, 2, [], 26);

    public StagePlan Plan(StageContext context)
    {
        Reconstruction scene = scenes.Get(context);
        StageOutput pictures = context.Of(StageNames.UndistortImages);
        neighbours = ViewSelector.Select(scene, new ViewSelectionOptions(), CancellationToken.None);
        var units = new List<WorkUnit>();
        for (int shot = 0; shot < scene.Shots.Count; shot++)
        {
            if (neighbours[shot].Length > 0)
            {
                string name = scene.Shots[shot].ImageName;
                PinholeCamera frame = UndistortImagesStage.Load(pictures, name).Camera;
                units.Add(new WorkUnit(name)
                {
                    Inputs = [pictures.KeyOf(name), .. neighbours[shot].Select(other => pictures.KeyOf(scene.Shots[other].ImageName))],
                    MemoryBytes = DepthMapEstimator.RequiredBytes(frame, neighbours[shot].Length, options) + (20L * frame.Width * frame.Height),
                });
            }
        }

        return new StagePlan(units);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        Reconstruction scene = scenes.Get(context);
        int shot = scenes.IndexOf(context, unit.Name);
        DepthMap map = DepthMapEstimator.Estimate(
            View(context, scene, shot),
            [.. neighbours[shot].Select(other => View(context, scene, other))],
            DepthPrior.FromTiePoints(scene, shot),
            options,
            cancellationToken);
        Save(map, unit, context);
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        views.Clear();
        int alone = scenes.Get(context).Shots.Count - context.Own.Units.Count;
        if (alone > 0)
        {
            context.Warn($"{alone} photos share too little with others for a depth map");
        }
    }

    public static DepthMap Load(StageOutput output, string imageName) => output.OpenUnit(imageName).Read(DepthSection, DepthMapFormat.Read);

    public static void Save(DepthMap map, WorkUnit unit, StageContext context)
    {
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(DepthSection))
        {
            DepthMapFormat.Write(map, section);
        }

        writer.Commit();
    }

    private DenseView View(StageContext context, Reconstruction scene, int shot)
    {
        Shot place = scene.Shots[shot];
        StageOutput pictures = context.Of(StageNames.UndistortImages);
        Camera camera = scene.CameraOf(place);
        return views.Get(pictures.KeyOf(place.ImageName).Hex, (long)camera.Width * camera.Height, () =>
        {
            (ImageBuffer picture, PinholeCamera frame) = UndistortImagesStage.Load(pictures, place.ImageName);
            return new DenseView(place.ImageName, frame, place.CameraFromWorld, picture);
        });
    }
}
