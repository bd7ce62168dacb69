using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Dense.Texturing;
using OdmNode.Engine.Assets;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Codecs;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Colours the mesh from the photos. Unit: an image, asked what it shows of the mesh.</summary>
internal sealed class TextureMeshStage(SceneCache scenes, PhotoCache photos) : IStage
{
    private const string ScoreSection = "scores";
    private const int JpegQuality = 90;
    private TriangleMesh? mesh;
    private TriangleMesh? world;
    private TexturingOptions options = new();

    public StageInfo Info { get; } = new(
        StageNames.TextureMesh,
        1,
        ["texturing-skip-global-seam-leveling", "texturing-keep-unseen-faces", "texturing-single-material", "gltf"],
        4);

    public StagePlan Plan(StageContext context)
    {
        StageOutput meshed = context.Of(StageNames.BuildMesh);
        mesh = BuildMeshStage.Load(meshed);
        if (mesh.TriangleCount == 0)
        {
            return new StagePlan([]) { ReduceInputs = [meshed.SummaryKey] };
        }

        Reconstruction scene = scenes.Get(context);
        world = WorldMesh.Of(mesh, scene.MapFrame);
        options = new TexturingOptions
        {
            LevelSeams = !context.Options.Flag("texturing-skip-global-seam-leveling"),
            KeepUnseen = context.Options.Flag("texturing-keep-unseen-faces"),
            SingleAtlas = context.Options.Flag("texturing-single-material"),
        };
        ContentKey sceneKey = context.Of(StageNames.Reconstruct).KeyOf(ReconstructStage.UnitName);
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        return new StagePlan([.. scene.Shots.Select(shot =>
        {
            Camera camera = scene.CameraOf(shot);
            return new WorkUnit(shot.ImageName)
            {
                Inputs = [meshed.SummaryKey, sceneKey, new ContentKey(dataset.Photo(shot.ImageName).ContentKey)],
                MemoryBytes = ViewScorer.BytesOf(world, camera.Width / options.VisibilityScale, camera.Height / options.VisibilityScale),
            };
        })])
        {
            ReduceInputs = [context.Of(StageNames.ReadMetadata).SummaryKey],
            ReduceCost = 2.0 * scene.Shots.Count,
        };
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        Reconstruction scene = scenes.Get(context);
        Shot shot = scene.Shots[scenes.IndexOf(context, unit.Name)];
        ImageBuffer photo = PhotoFile.Decode(context.ProjectFolder, unit.Name, options.VisibilityScale, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        FaceScore[] scores = ViewScorer.Score(
            world!, new TextureView(scene.CameraOf(shot), shot), photo, options, cancellationToken);
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(ScoreSection))
        {
            FaceScoreFormat.Write(scores, section);
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        if (world is null)
        {
            return;
        }

        IReadOnlyList<TextureView> views = TextureView.Of(scenes.Get(context));
        TexturePlan plan = TexturePlan.Of(
            world,
            views,
            [.. context.Own.Units.Select(unit => context.Own.OpenUnit(unit.Name).Read(ScoreSection, FaceScoreFormat.Read))],
            options,
            cancellationToken);
        TexturedMesh model = plan.Texture(mesh!);
        if (model.AtlasCount == 0)
        {
            context.Warn("No photo sees the mesh: there is no textured model.");
            return;
        }

        context.Say(FormattableString.Invariant(
            $"Texture of {plan.Charts.Count} pieces on {model.AtlasCount} pictures for {model.Mesh.TriangleCount} of {mesh!.TriangleCount} triangles, {plan.Layout.Scale:0.00} of the photos' density"));
        List<byte[]> pictures = Paint(context, plan, views, cancellationToken);
        Georeference? map = scenes.Get(context).MapFrame is null
            ? null
            : Dataset.Load(context.Of(StageNames.ReadMetadata)).Georeference;
        TextureFiles.Write(
            context,
            model,
            context.Options.Flag("gltf") ? pictures : null,
            new Vector3D(map?.OffsetEast ?? 0, map?.OffsetNorth ?? 0, 0),
            cancellationToken);
        TextureFiles.RemoveOlder(context.ProjectFolder, model.AtlasCount, context.Options.Flag("gltf"));
    }

    /// <summary>Writes the pictures and gives them back as files.</summary>
    private List<byte[]> Paint(
        StageContext context, TexturePlan plan, IReadOnlyList<TextureView> views, CancellationToken cancellationToken)
    {
        IReadOnlyList<Shot> shots = scenes.Get(context).Shots;
        PhotoSource source = photos.Get(context);
        var pictures = new List<byte[]>();
        for (int atlas = 0; atlas < plan.Layout.Atlases.Count; atlas++)
        {
            ImageBuffer picture = AtlasPainter.Paint(
                plan,
                atlas,
                views,
                (view, level) => source.Get(shots[view].ImageName, level, cancellationToken),
                options,
                context.Parallelism,
                cancellationToken);
            byte[] file = JpegEncoder.Consume(picture, JpegQuality);
            cancellationToken.ThrowIfCancellationRequested();
            context.WriteArtefact(AssetPaths.TexturePicture(atlas), path => File.WriteAllBytes(path, file));
            pictures.Add(file);
        }

        return pictures;
    }
}
