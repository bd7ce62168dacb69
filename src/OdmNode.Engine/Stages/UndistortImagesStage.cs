using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Dense.DepthMaps;
using OdmNode.Geometry.Cameras;
using OdmNode.Imaging.Buffers;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Resamples every placed photo to a pinhole camera at the size of its depth map. Unit: an image.</summary>
internal sealed class UndistortImagesStage(SceneCache scenes) : IStage
{
    private const string PictureSection = "picture";

    public StageInfo Info { get; } = new(StageNames.UndistortImages, 1, ["pc-quality", "fast-orthophoto"], 3);

    public StagePlan Plan(StageContext context)
    {
        Reconstruction scene = scenes.Get(context);
        ContentKey sceneKey = context.Of(StageNames.Reconstruct).KeyOf(ReconstructStage.UnitName);
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        return new StagePlan([.. scene.Shots.Select(shot =>
        {
            Camera camera = scene.CameraOf(shot);
            return new WorkUnit(shot.ImageName)
            {
                Inputs = [sceneKey, new ContentKey(dataset.Photo(shot.ImageName).ContentKey)],
                MemoryBytes = 6L * camera.Width * camera.Height,
            };
        })]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        Reconstruction scene = scenes.Get(context);
        int shot = scenes.IndexOf(context, unit.Name);
        Camera camera = scene.CameraOf(scene.Shots[shot]);
        int side = DepthResolution.LongestSide(camera.Width, camera.Height, Fraction(context));
        // Twice the size, so that the area filter of the undistortion has something to average.
        ImageBuffer photo = PhotoFile.DecodeToLongestSide(
            context.ProjectFolder, unit.Name, Math.Min(camera.LongestSide, 2 * side), cancellationToken);
        PinholeCamera target = ImageUndistorter.ChoosePinhole(camera, side);
        ImageBuffer picture = ImageUndistorter.Undistort(photo, camera, target, PassingGround.Of(scene, shot, target), cancellationToken);
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(PictureSection, pack: false))
        {
            PictureFormat.Write(picture, target, section);
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
    }

    /// <summary>Picture and frame of a photo.</summary>
    public static (ImageBuffer Picture, PinholeCamera Camera) Load(StageOutput output, string imageName) =>
        output.OpenUnit(imageName).Read(PictureSection, PictureFormat.Read);

    /// <summary>Longest side of the depth maps as a share of the photo's, for 6 to 42 megapixels.</summary>
    private static double Fraction(StageContext context)
    {
        double fraction = context.Options.Text("pc-quality") switch
        {
            "ultra" => 0.5,
            "high" => 0.36,
            "medium" => 0.25,
            "low" => 0.125,
            _ => 0.0625,
        };

        // A surface that is good enough for an orthophoto: a quarter of the pixels of the default.
        return context.Options.Flag("fast-orthophoto") ? Math.Min(fraction, 0.125) : fraction;
    }
}
