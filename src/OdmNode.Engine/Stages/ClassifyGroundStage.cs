using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Engine.Running;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Terrain;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Tells the points of the ground from those of what stands on it. Unit: a block of ground tiles of the cloud.</summary>
/// <remarks>Finding the ground looks far around a tile; a block of several shares that work.</remarks>
internal sealed class ClassifyGroundStage : IStage
{
    private const int BlockTiles = 4;
    private const double CellMetres = 1;
    private const double CellSpacings = 3;
    private readonly LruCache<ElevationTile> lowTiles = new(64L << 20);
    private TileGrid? cells;
    private TileGrid? blocks;
    private GroundOptions options = new();

    public StageInfo Info { get; } = new(
        StageNames.ClassifyGround,
        1,
        ["pc-classify", "dtm", "pc-rectify", "smrf-scalar", "smrf-slope", "smrf-threshold", "smrf-window"],
        1);

    public StagePlan Plan(StageContext context)
    {
        if (!context.Options.Flag("pc-classify") && !context.Options.Flag("dtm") && !context.Options.Flag("pc-rectify"))
        {
            return new StagePlan([]);
        }

        if (ReconstructStage.Load(context.Of(StageNames.Reconstruct)).MapFrame is null)
        {
            context.Warn("Without positions nobody knows what is level: the points of the cloud have no classes.");
            return new StagePlan([]);
        }

        StageOutput points = context.Of(StageNames.FilterPoints);
        CloudStatistics statistics = FilterPointsStage.LoadStatistics(points);
        TileGrid fusion = FusePointsStage.LoadGrid(context.Of(StageNames.FusePoints));
        cells = CellsOf(fusion, statistics.SpacingMetres);
        blocks = new TileGrid(cells.Grid, cells.TileSize * BlockTiles);
        options = new GroundOptions
        {
            SlopeScalarMetres = context.Options.Number("smrf-scalar"),
            Slope = context.Options.Number("smrf-slope"),
            ThresholdMetres = context.Options.Number("smrf-threshold"),
            WindowMetres = context.Options.Number("smrf-window"),
            NoiseMetres = fusion.Grid.Resolution,
            Rectify = context.Options.Flag("pc-rectify"),
        };
        ContentKey grid = cells.Key();
        ContentKey noise = InputKey.Of("noise", FormattableString.Invariant($"{options.NoiseMetres:R}"));
        long tileBytes = 80L * statistics.Count / Math.Max(1, points.Units.Count);
        return new StagePlan([.. blocks.Tiles().Where(block => TilesOf(block, points).Any()).Select(block => new WorkUnit(block.Name)
        {
            Inputs = [grid, noise, .. Around(block, points).Select(tile => points.KeyOf(tile.Name))],
            MemoryBytes = (40L * Window(block).Width * Window(block).Height) + tileBytes,
        })]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        StageOutput points = context.Of(StageNames.FilterPoints);
        GroundTile block = blocks!.TileOf(unit.Name);
        var window = SurfaceWindow.Assemble(cells!.Grid, Window(block), Around(block, points).Select(other => LowTile(points, other)));
        GroundSurface ground = GroundFilter.Filter(window, options, cancellationToken);
        using CheckpointWriter writer = context.CreateUnit(unit);
        foreach (GroundTile tile in TilesOf(block, points))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using Stream section = writer.Section(tile.Name);
            section.Write(ground.Classify(FilterPointsStage.Load(points, tile.Name)));
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        lowTiles.Clear();
        if (context.Own.Units.Count == 0)
        {
            return;
        }

        long ground = 0;
        long all = 0;
        foreach (GroundTile tile in TilesOf(context.Of(StageNames.FilterPoints)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[] classes = Load(context.Own, tile);
            ground += classes.AsSpan().Count(GroundSurface.GroundClass);
            all += classes.Length;
        }

        context.Say(FormattableString.Invariant($"{100.0 * ground / Math.Max(1, all):0.0} % of the points lie on the ground"));
    }

    /// <summary>LAS classes of the points of a tile of <see cref="FilterPointsStage"/>, in their order; empty when none were asked for.</summary>
    public static byte[] Load(StageOutput output, GroundTile cloudTile) => output.Units.Count == 0
        ? []
        : output.OpenUnit(UnitOf(cloudTile)).Read(cloudTile.Name, stream =>
        {
            using var buffer = new MemoryStream();
            stream.CopyTo(buffer);
            return buffer.ToArray();
        });

    /// <summary>Name of the unit that holds the classes of a tile of the cloud.</summary>
    public static string UnitOf(GroundTile cloudTile) =>
        (cloudTile with { TileColumn = cloudTile.TileColumn / BlockTiles, TileRow = cloudTile.TileRow / BlockTiles }).Name;

    /// <summary>Cells of about a metre, wider for thin clouds, so that whole cells make a tile of the cloud.</summary>
    private static TileGrid CellsOf(TileGrid cloud, double spacingMetres)
    {
        double tileMetres = cloud.TileSize * cloud.Grid.Resolution;
        int along = Math.Max(1, (int)Math.Round(tileMetres / Math.Max(CellMetres, CellSpacings * spacingMetres)));
        double cell = tileMetres / along;
        int columns = (cloud.Grid.Width + cloud.TileSize - 1) / cloud.TileSize;
        int rows = (cloud.Grid.Height + cloud.TileSize - 1) / cloud.TileSize;
        return new TileGrid(new GroundGrid(cloud.Grid.West, cloud.Grid.North, cell, columns * along, rows * along), along);
    }

    private CellRectangle Window(GroundTile block) =>
        CellRectangle.Around(block, GroundFilter.MarginCells(options, block.Grid.Resolution));

    private IEnumerable<GroundTile> TilesOf(StageOutput points) => cells!.Tiles().Where(tile => points.Contains(tile.Name));

    private IEnumerable<GroundTile> TilesOf(GroundTile block, StageOutput points) =>
        TilesOf(points).Where(tile => UnitOf(tile) == block.Name);

    private IEnumerable<GroundTile> Around(GroundTile block, StageOutput points) => TilesOf(points).Where(Window(block).Intersects);

    private ElevationTile LowTile(StageOutput points, GroundTile tile) => lowTiles.Get(
        points.KeyOf(tile.Name).Hex, 5L * tile.Width * tile.Height, () => LowSurface.Of(tile, FilterPointsStage.Load(points, tile.Name)));
}
