using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Dense.Fusion;
using OdmNode.Dense.Meshing;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Running;
using OdmNode.Geometry.Linear;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Makes the full surface of the survey as triangles. Unit: a ground tile.</summary>
internal sealed class BuildMeshStage(SceneCache scenes) : IStage
{
    private const string MeshSection = "mesh";
    private const string KeysSection = "shared-keys";
    private const long CacheBytes = 256L << 20;
    private readonly LruCache<DistanceView> views = new(CacheBytes);
    private readonly LruCache<Relief> reliefs = new(0);
    private Dictionary<string, MapFootprint> footprints = [];
    private MeshPlan? plan;

    public StageInfo Info { get; } = new(
        StageNames.BuildMesh, 1, ["mesh-size", "mesh-octree-depth", "skip-3dmodel", "fast-orthophoto"], 6);

    public StagePlan Plan(StageContext context)
    {
        if (context.Options.Flag("skip-3dmodel") || context.Options.Flag("fast-orthophoto"))
        {
            return new StagePlan([]);
        }

        StageOutput points = context.Of(StageNames.FilterPoints);
        StageOutput depths = context.Of(StageNames.FilterDepth);
        footprints = new Dictionary<string, MapFootprint>(StringComparer.Ordinal);
        foreach (WorkUnit unit in depths.Units)
        {
            if (FilterDepthStage.LoadFootprint(depths, unit.Name) is { } footprint)
            {
                footprints[unit.Name] = footprint;
            }
        }

        plan = MeshPlan.Of(
            FusePointsStage.LoadGrid(context.Of(StageNames.FusePoints)),
            FilterPointsStage.LoadStatistics(points),
            (int)context.Options.Number("mesh-size"),
            (int)context.Options.Number("mesh-octree-depth"));
        ContentKey grid = plan.Tiles.Key();
        return new StagePlan([.. plan.Tiles.Tiles()
            .Where(tile => CloudsIn(points, VoxelTile.Of(tile).Reach).Any())
            .Select(tile => new WorkUnit(tile.Name)
            {
                Inputs = [grid, points.SummaryKey, .. ViewsOf(VoxelTile.Of(tile)).Select(depths.KeyOf)],
                MemoryBytes = MeshPlan.TileBytes + CacheBytes,
                Cost = (double)tile.Width * tile.Height / (MeshPlan.TileCells * MeshPlan.TileCells),
            })])
        {
            ReduceInputs = [context.Of(StageNames.ReadMetadata).SummaryKey],
            ReduceCost = 1,
        };
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        GroundTile tile = plan!.Tiles.TileOf(unit.Name);
        VoxelTile voxels = VoxelTile.Of(tile);
        StageOutput points = context.Of(StageNames.FilterPoints);
        Reconstruction scene = scenes.Get(context);
        bool hasVertical = scene.MapFrame is not null;
        MeshPart part = SurfaceMesher.Mesh(
            voxels,
            scene.MapFrame,
            [.. ViewsOf(voxels).Select(name => View(context, name))],
            CloudsIn(points, voxels.Reach).Select(name => FilterPointsStage.Load(points, name)),
            hasVertical ? ReliefOf(points, cancellationToken) : null,
            new MeshOptions { HasVertical = hasVertical },
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        part = MeshSimplifier.Simplify(part, plan.FreeErrorMetres, plan.MostTrianglesOf(tile));
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(MeshSection))
        {
            TriangleMeshFormat.Write(part.Mesh, section);
        }

        using (Stream section = writer.Section(KeysSection))
        {
            SharedKeyFormat.Write(part.SharedKeys, section);
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        views.Clear();
        reliefs.Clear();
        TriangleMesh mesh = plan is null ? Empty() : Join(context, cancellationToken);
        using (Stream section = context.Summary.Section(MeshSection))
        {
            TriangleMeshFormat.Write(mesh, section);
        }

        if (plan is null)
        {
            context.Say("No model is made, as the options ask.");
            return;
        }

        context.Say(FormattableString.Invariant($"Mesh of {mesh.VertexCount} vertices and {mesh.TriangleCount} triangles, from cells of {plan.Tiles.Grid.Resolution:0.###} m"));
        Georeference? map = scenes.Get(context).MapFrame is null
            ? null
            : Dataset.Load(context.Of(StageNames.ReadMetadata)).Georeference;
        var offset = new Vector3D(map?.OffsetEast ?? 0, map?.OffsetNorth ?? 0, 0);
        context.WriteArtefact(AssetPaths.Mesh, path =>
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 18);
            MeshPlyWriter.Write(mesh, file, offset, cancellationToken);
        });
    }

    /// <summary>The whole mesh; without triangles when the options ask for none.</summary>
    public static TriangleMesh Load(StageOutput output) => output.OpenSummary().Read(MeshSection, TriangleMeshFormat.Read);

    private TriangleMesh Join(StageContext context, CancellationToken cancellationToken)
    {
        GroundGrid grid = plan!.Tiles.Grid;
        CloudStatistics cloud = FilterPointsStage.LoadStatistics(context.Of(StageNames.FilterPoints));
        var joiner = new MeshJoiner(new Vector3D(grid.West, grid.South, Math.Floor(cloud.Minimum[2])));
        foreach (WorkUnit unit in context.Own.Units)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CheckpointReader reader = context.Own.OpenUnit(unit.Name);
            joiner.Add(new MeshPart(
                reader.Read(MeshSection, TriangleMeshFormat.Read), reader.Read(KeysSection, SharedKeyFormat.Read)));
        }

        TriangleMesh whole = MeshComponents.DropSmall(joiner.ToMesh(), plan.LeastPieceSquareMetres, MeshPlan.LeastPieceShare);
        cancellationToken.ThrowIfCancellationRequested();
        return MeshSimplifier.Simplify(whole, plan.MostVertices);
    }

    private Relief ReliefOf(StageOutput points, CancellationToken cancellationToken) => reliefs.Get(
        points.SummaryKey.Hex,
        1,
        () => new Relief(
            plan!.Area,
            plan.ReliefCellMetres,
            points.Units.Select(unit => FilterPointsStage.Load(points, unit.Name)),
            cancellationToken));

    /// <summary>Tiles of the cloud that reach into a rectangle, in reading order.</summary>
    private IEnumerable<string> CloudsIn(StageOutput points, MapRectangle area) => plan!.CloudTiles
        .Touching(area.West, area.South, area.East, area.North).Select(tile => tile.Name).Where(points.Contains);

    private IEnumerable<string> ViewsOf(VoxelTile tile)
    {
        MapRectangle area = tile.Reach;
        return footprints.Where(entry => entry.Value.Bounds.Overlaps(area)).Select(entry => entry.Key).Order(StringComparer.Ordinal);
    }

    private DistanceView View(StageContext context, string name)
    {
        StageOutput depths = context.Of(StageNames.FilterDepth);
        long bytes = 2 * depths.OpenUnit(name).LengthOf("depth");
        return views.Get(
            depths.KeyOf(name).Hex, bytes, () => new DistanceView(FilterDepthStage.Load(depths, name), footprints[name].Bounds));
    }

    private static TriangleMesh Empty() => new() { Origin = new Vector3D(0, 0, 0), Positions = [], Triangles = [] };
}
