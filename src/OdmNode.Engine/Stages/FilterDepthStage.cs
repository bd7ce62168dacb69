using System.Text.Json;
using OdmNode.Core.Identity;
using OdmNode.Dense.DepthMaps;
using OdmNode.Dense.Filtering;
using OdmNode.Dense.Fusion;
using OdmNode.Engine.Running;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Keeps the depths that the neighbours confirm, and notes where they lie. Unit: an image.</summary>
internal sealed class FilterDepthStage(SceneCache scenes) : IStage
{
    private const string DepthSection = "depth";
    private const string FootprintSection = "footprint";
    private const long CacheBytes = 256L << 20;
    private readonly LruCache<DepthMap> maps = new(CacheBytes);
    private IReadOnlyList<int[]> neighbours = [];

    public StageInfo Info { get; } = new(StageNames.FilterDepth, 2, ["pc-skip-geometric"], 4);

    public StagePlan Plan(StageContext context)
    {
        Reconstruction scene = scenes.Get(context);
        StageOutput depths = context.Of(StageNames.EstimateDepth);
        neighbours = ViewSelector.Select(scene, new ViewSelectionOptions(), CancellationToken.None);
        return new StagePlan([.. depths.Units.Select(unit =>
        {
            int shot = scenes.IndexOf(context, unit.Name);
            return new WorkUnit(unit.Name)
            {
                Inputs = [unit.Key, .. Neighbours(scene, depths, shot).Select(depths.KeyOf)],
                MemoryBytes = unit.MemoryBytes / 2,
            };
        })]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        Reconstruction scene = scenes.Get(context);
        StageOutput depths = context.Of(StageNames.EstimateDepth);
        DepthMap filtered = ConsistencyFilter.Filter(
            Map(depths, unit.Name),
            [.. Neighbours(scene, depths, scenes.IndexOf(context, unit.Name)).Select(name => Map(depths, name))],
            new ConsistencyOptions { MinAgreeingNeighbours = context.Options.Flag("pc-skip-geometric") ? 0 : 1 },
            cancellationToken);
        MapFootprint? footprint = MapFootprint.Of(filtered, scene.MapFrame);
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(DepthSection))
        {
            DepthMapFormat.Write(filtered, section);
        }

        using (Stream section = writer.Section(FootprintSection))
        {
            JsonSerializer.Serialize(section, footprint, EngineJson.Default.MapFootprint);
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken) => maps.Clear();

    public static DepthMap Load(StageOutput output, string imageName) => output.OpenUnit(imageName).Read(DepthSection, DepthMapFormat.Read);

    /// <summary>Where the surface seen by a photo lies; null when nothing of it was confirmed.</summary>
    public static MapFootprint? LoadFootprint(StageOutput output, string imageName) => output.OpenUnit(imageName).Read(
        FootprintSection, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.MapFootprint));

    private IEnumerable<string> Neighbours(Reconstruction scene, StageOutput depths, int shot) =>
        neighbours[shot].Select(other => scene.Shots[other].ImageName).Where(depths.Contains);

    private DepthMap Map(StageOutput depths, string name) => maps.Get(
        depths.KeyOf(name).Hex, depths.OpenUnit(name).LengthOf(DepthSection), () => EstimateDepthStage.Load(depths, name));
}
