using System.Text.Json;
using OdmNode.Core.Errors;
using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Dense.Fusion;
using OdmNode.Engine.Running;
using OdmNode.Geometry.Linear;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Fuses the depth maps of all photos into one cloud. Unit: a ground tile.</summary>
internal sealed class FusePointsStage(SceneCache scenes) : IStage
{
    public const string GridSection = "grid";
    private const string CloudSection = "cloud";
    private const int TileCells = 512;
    private const double FarthestInFlyingHeights = 3;
    private const long CacheBytes = 384L << 20;
    private readonly LruCache<FusionView> views = new(CacheBytes);
    private Dictionary<string, MapFootprint> footprints = [];
    private TileGrid? tiles;

    public StageInfo Info { get; } = new(StageNames.FusePoints, 2, ["pc-sample"], 4);

    public StagePlan Plan(StageContext context)
    {
        StageOutput depths = context.Of(StageNames.FilterDepth);
        footprints = new Dictionary<string, MapFootprint>(StringComparer.Ordinal);
        foreach (WorkUnit unit in depths.Units)
        {
            if (FilterDepthStage.LoadFootprint(depths, unit.Name) is { } footprint)
            {
                footprints[unit.Name] = footprint;
            }
        }

        if (footprints.Count == 0)
        {
            throw new OdmException(
                ErrorKind.BadInput, "No surface was found: the photos show too little texture or overlap too little for a point cloud.");
        }

        double[] pixels = [.. footprints.Values.Select(footprint => footprint.PixelMetres).Order()];
        double spacing = Math.Max(pixels[pixels.Length / 2], context.Options.Number("pc-sample"));
        tiles = new TileGrid(GridOf(scenes.Get(context), spacing), TileCells);
        StageOutput pictures = context.Of(StageNames.UndistortImages);
        ContentKey grid = tiles.Key();
        var units = new List<WorkUnit>();
        foreach (GroundTile tile in tiles.Tiles())
        {
            string[] seen = [.. ViewsOf(tile)];
            if (seen.Length > 0)
            {
                units.Add(new WorkUnit(tile.Name)
                {
                    Inputs = [grid, .. seen.SelectMany(name => (ContentKey[])[depths.KeyOf(name), pictures.KeyOf(name)])],
                    MemoryBytes = 400L * TileCells * TileCells,
                    Cost = seen.Length,
                });
            }
        }

        return new StagePlan(units);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        GroundTile tile = tiles!.TileOf(unit.Name);
        PointCloud cloud = DepthMapFuser.Fuse(
            MapRectangle.Of(tile, 0),
            scenes.Get(context).MapFrame,
            [.. ViewsOf(tile).Select(name => View(context, name))],
            new FusionOptions { SpacingMetres = tiles.Grid.Resolution },
            cancellationToken);
        Save(cloud, unit, context);
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        views.Clear();
        using Stream section = context.Summary.Section(GridSection);
        JsonSerializer.Serialize(section, tiles!, EngineJson.Default.TileGrid);
    }

    public static TileGrid LoadGrid(StageOutput output) => output.OpenSummary().Read(
        GridSection, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.TileGrid)!);

    public static PointCloud Load(StageOutput output, string tileName) => output.OpenUnit(tileName).Read(CloudSection, PointCloudFormat.Read);

    public static void Save(PointCloud cloud, WorkUnit unit, StageContext context)
    {
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(CloudSection))
        {
            PointCloudFormat.Write(cloud, section);
        }

        writer.Commit();
    }

    /// <summary>Covers what the photos see, but not the far horizon of an oblique one.</summary>
    private GroundGrid GridOf(Reconstruction scene, double spacing)
    {
        double west = footprints.Values.Min(f => f.Bounds.West);
        double south = footprints.Values.Min(f => f.Bounds.South);
        double east = footprints.Values.Max(f => f.Bounds.East);
        double north = footprints.Values.Max(f => f.Bounds.North);
        Vector3D[] cameras = [.. scene.Shots.Select(shot =>
            scene.MapFrame is { } map ? map.MapFromWorld(shot.CameraFromWorld.Center) : shot.CameraFromWorld.Center)];
        double[] lows = [.. footprints.Values.Select(f => f.LowestMetres).Order()];
        double ground = lows[lows.Length / 2];
        double reach = FarthestInFlyingHeights * Math.Max(cameras.Max(c => c.Z) - ground, 100 * spacing);
        return GroundGrid.Covering(
            Math.Max(west, cameras.Min(c => c.X) - reach),
            Math.Max(south, cameras.Min(c => c.Y) - reach),
            Math.Min(east, cameras.Max(c => c.X) + reach),
            Math.Min(north, cameras.Max(c => c.Y) + reach),
            spacing);
    }

    private IEnumerable<string> ViewsOf(GroundTile tile)
    {
        MapRectangle area = MapRectangle.Of(tile, 0);
        return footprints.Where(entry => entry.Value.Bounds.Overlaps(area)).Select(entry => entry.Key).Order(StringComparer.Ordinal);
    }

    private FusionView View(StageContext context, string name)
    {
        StageOutput depths = context.Of(StageNames.FilterDepth);
        long bytes = 2 * depths.OpenUnit(name).LengthOf("depth");
        return views.Get(depths.KeyOf(name).Hex, bytes, () => new FusionView(
            FilterDepthStage.Load(depths, name), UndistortImagesStage.Load(context.Of(StageNames.UndistortImages), name).Picture));
    }
}
