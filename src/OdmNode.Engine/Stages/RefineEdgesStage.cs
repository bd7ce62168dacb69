using OdmNode.Core.Identity;
using OdmNode.Geospatial.Edges;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Draws the edges of the surface as sharp as the photos show them, and writes the surface model. Unit: a ground tile.</summary>
internal sealed class RefineEdgesStage(SceneCache scenes, PhotoCache photos, SurfaceCache surfaces) : IStage
{
    private const double UnsureSpacings = 2.5;
    private SurfaceRecord? surface;
    private OrthophotoOptions options = new();
    private IReadOnlyList<OrthoView> views = [];
    private double unsureMetres;

    public StageInfo Info { get; } = new(
        StageNames.RefineEdges, 3, ["dem-resolution", "ignore-gsd", "cog", "fast-orthophoto"], 4)
    {
        // Heights say already what it does to them: the files leave gaps open without it.
        PlanningOptions = ["dem-gapfill-steps"],
    };

    public StagePlan Plan(StageContext context)
    {
        StageOutput filled = context.Of(StageNames.FillElevation);
        surface = RasterElevationStage.Load(context.Of(StageNames.RasterElevation));
        if (surface is null)
        {
            return new StagePlan([]) { ReduceInputs = [filled.SummaryKey] };
        }

        Reconstruction scene = scenes.Get(context);
        options = RenderOrthophotoStage.OptionsOf(surface);
        views = OrthoView.Of(scene, null);
        unsureMetres = UnsureSpacings * FilterPointsStage.LoadStatistics(context.Of(StageNames.FilterPoints)).SpacingMetres;
        double resolution = surface.Tiles.Grid.Resolution;
        double windowCells = RasterElevationStage.TileCells + (2 * EdgeRefiner.SurfaceMarginMetres(resolution, options) / resolution);
        return new StagePlan([.. surface.Tiles.AlongCurve().Where(tile => filled.Contains(tile.Name)).Select(tile => new WorkUnit(tile.Name)
        {
            Inputs =
            [
                filled.SummaryKey, context.Of(StageNames.Reconstruct).KeyOf(ReconstructStage.UnitName),
                context.Of(StageNames.ReadMetadata).SummaryKey,
            ],
            MemoryBytes = (long)(12 * windowCells * windowCells) + (60L * RasterElevationStage.TileCells * RasterElevationStage.TileCells)
                + PhotoCache.BytesOfTile(scene),
        })]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        StageOutput filled = context.Of(StageNames.FillElevation);
        GroundTile tile = surface!.Tiles.TileOf(unit.Name);
        if (context.Options.Flag("fast-orthophoto"))
        {
            RasterElevationStage.SaveTile(RasterElevationStage.LoadTile(filled, tile), unit, context);
            return;
        }

        SurfaceWindow window = surfaces.Window(
            filled, surface.Tiles, tile, EdgeRefiner.SurfaceMarginMetres(tile.Grid.Resolution, options));
        Geometry.Geodesy.MapFrame? map = scenes.Get(context).MapFrame;
        ElevationTile refined = EdgeRefiner.Refine(
            surfaces.Tile(filled, tile),
            window,
            OrthophotoRenderer.ViewsOf(tile, surface.Lowest, views, map),
            photos.Get(context),
            map,
            options,
            FillElevationStage.EdgeMetres(surface),
            unsureMetres,
            cancellationToken);
        RasterElevationStage.SaveTile(refined, unit, context);
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        surfaces.Clear();
        if (surface is null)
        {
            return;
        }

        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        GroundGrid grid = ElevationProduct.GridOf(surface, context).Grid;
        ElevationProduct.Write(ElevationPaths.Surface, context.Own, surface, dataset, context, cancellationToken);
        context.Say(FormattableString.Invariant($"Surface model of {grid.Width} x {grid.Height} cells of {100 * grid.Resolution:0.##} cm"));
    }
}
