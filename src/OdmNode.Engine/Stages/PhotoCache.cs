using OdmNode.Geometry.Cameras;
using OdmNode.Imaging.Resampling;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>The decoded photos that the stages of a run share.</summary>
internal sealed class PhotoCache(SceneCache scenes)
{
    private const double BudgetShare = 0.3;
    private const long Enough = 512L << 20;
    private const int PhotosAtATime = 12;
    private readonly Lock gate = new();
    private PhotoSource? source;

    /// <summary>Holds the photos around the tiles in work, however many the survey has.</summary>
    public PhotoSource Get(StageContext context)
    {
        lock (gate)
        {
            return source ??= Open(context.ProjectFolder, scenes.Get(context), context.MemoryBudgetBytes);
        }
    }

    /// <summary>What the photos that one tile holds on to may take: those around a tile, rarely more than twelve.</summary>
    public static long BytesOfTile(Reconstruction scene) => Math.Min(PhotosAtATime, scene.Shots.Count) * LargestOf(scene) / 4;

    /// <summary>Lets go of all photos.</summary>
    public void Clear() => source?.Clear();

    private static PhotoSource Open(string projectFolder, Reconstruction scene, long memoryBudgetBytes) => new(
        projectFolder,
        scene.Shots.ToDictionary(shot => shot.ImageName, shot => SizeOf(scene.CameraOf(shot)), StringComparer.Ordinal),
        Math.Min((long)(BudgetShare * memoryBudgetBytes), Math.Max(Enough, PhotosAtATime * LargestOf(scene))));

    private static (int Width, int Height) SizeOf(Camera camera) => (camera.Width, camera.Height);

    private static long LargestOf(Reconstruction scene) =>
        scene.Cameras.Values.Max(camera => PhotoPyramid.BytesOf(camera.Width, camera.Height));
}
