using OdmNode.Core.Identity;
using OdmNode.Engine.Running;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Terrain;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Lets the ground go on under buildings and trees, and writes the terrain model. Unit: a ground tile.</summary>
internal sealed class FillTerrainStage(SurfaceCache surfaces) : IStage
{
    private readonly LruCache<TerrainTrend> trends = new(0);
    private SurfaceRecord? surface;

    private static string[] Models => [ElevationPaths.Terrain.Heights, ElevationPaths.Terrain.Origins];

    public StageInfo Info { get; } = new(StageNames.FillTerrain, 1, ["dtm", "dem-resolution", "ignore-gsd", "cog"], 1)
    {
        PlanningOptions = ["dem-gapfill-steps"],
    };

    public StagePlan Plan(StageContext context)
    {
        surface = context.Options.Flag("dtm") ? RasterElevationStage.Load(context.Of(StageNames.RasterElevation)) : null;
        if (surface is null)
        {
            return new StagePlan([])
            {
                ReduceInputs = [InputKey.Of("leftovers", string.Join('\n', ElevationProduct.Existing(Models, context)))],
            };
        }

        StageOutput measured = context.Of(StageNames.RasterTerrain);
        return new StagePlan([.. context.Of(StageNames.FillElevation).Units.Select(unit => new WorkUnit(unit.Name)
        {
            Inputs = [measured.SummaryKey],
            MemoryBytes = 40L * RasterElevationStage.TileCells * RasterElevationStage.TileCells,
        })])
        {
            ReduceInputs = [context.Of(StageNames.ReadMetadata).SummaryKey, context.Of(StageNames.RasterElevation).SummaryKey],
        };
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        StageOutput measured = context.Of(StageNames.RasterTerrain);
        GroundTile tile = surface!.Tiles.TileOf(unit.Name);
        CellRectangle cells = CellRectangle.Around(tile, TerrainFiller.MarginCells);
        SurfaceWindow window = surfaces.Window(measured, surface.Tiles, cells);
        TerrainTrend trend = trends.Get(measured.SummaryKey.Hex, 1, () => TerrainTrend.Build(
            surface.Tiles.Grid, measured.Units.Select(other => RasterElevationStage.LoadTile(measured, surface.Tiles.TileOf(other.Name)))));
        RasterElevationStage.SaveTile(TerrainFiller.Fill(tile, window, trend), unit, context);
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        surfaces.Clear();
        trends.Clear();
        if (surface is null)
        {
            ElevationProduct.Remove(Models, context);
            return;
        }

        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        GroundGrid grid = ElevationProduct.GridOf(surface, context).Grid;
        ElevationProduct.Write(ElevationPaths.Terrain, context.Own, surface, dataset, context, cancellationToken);
        context.Say(FormattableString.Invariant($"Terrain model of {grid.Width} x {grid.Height} cells of {100 * grid.Resolution:0.##} cm"));
    }
}
