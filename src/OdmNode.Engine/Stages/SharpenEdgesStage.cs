using OdmNode.Core.Identity;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geospatial.Edges;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>
/// Draws the edges of the surface once more in the cells of an orthophoto that is finer than the surface. Unit: a tile of the orthophoto.
/// </summary>
/// <remarks>
/// From coarse to fine: away from edges a finer surface is the same one, interpolated, and beside an edge only the last cell is unsure. So a
/// finer orthophoto costs neither a new surface nor a search as wide as that of <see cref="RefineEdgesStage"/>.
/// </remarks>
internal sealed class SharpenEdgesStage(SceneCache scenes, PhotoCache photos, SurfaceCache surfaces) : IStage
{
    /// <summary>Share of the surface's cells at which an orthophoto's are not finer.</summary>
    private const double AsFine = 0.95;
    private SurfaceRecord? surface;
    private TileGrid? tiles;
    private OrthophotoOptions options = new();
    private IReadOnlyList<OrthoView> views = [];

    public StageInfo Info { get; } = new(
        StageNames.SharpenEdges, 2, ["orthophoto-resolution", "ignore-gsd", "skip-orthophoto", "fast-orthophoto"], 1);

    public StagePlan Plan(StageContext context)
    {
        StageOutput refined = context.Of(StageNames.RefineEdges);
        surface = RasterElevationStage.Load(context.Of(StageNames.RasterElevation));
        tiles = surface is null ? null : RenderOrthophotoStage.TilesOf(surface, context);
        if (tiles is null
            || tiles.Grid.Resolution > AsFine * surface!.Tiles.Grid.Resolution
            || context.Options.Flag("skip-orthophoto")
            || context.Options.Flag("fast-orthophoto"))
        {
            return new StagePlan([]) { ReduceInputs = [refined.SummaryKey] };
        }

        Reconstruction scene = scenes.Get(context);
        options = RenderOrthophotoStage.OptionsOf(surface);
        views = OrthoView.Of(scene, null);
        double margin = EdgeRefiner.SurfaceMarginMetres(surface.Tiles.Grid.Resolution, options);
        double windowCells = ((tiles.TileSize * tiles.Grid.Resolution) + (2 * margin)) / surface.Tiles.Grid.Resolution;
        CropPolygon outline = surface.Polygon();
        return new StagePlan([.. tiles.AlongCurve().Where(tile => outline.Mask(tile).Contains(true)).Select(tile => new WorkUnit(tile.Name)
        {
            Inputs =
            [
                tiles.Key(), refined.SummaryKey, context.Of(StageNames.Reconstruct).KeyOf(ReconstructStage.UnitName),
                context.Of(StageNames.ReadMetadata).SummaryKey,
            ],
            MemoryBytes = (long)(12 * windowCells * windowCells) + (60L * tile.Width * tile.Height) + PhotoCache.BytesOfTile(scene),
        })]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        GroundTile tile = tiles!.TileOf(unit.Name);
        SurfaceWindow window = surfaces.Window(
            context.Of(StageNames.RefineEdges), surface!.Tiles, tile, EdgeRefiner.SurfaceMarginMetres(surface.Tiles.Grid.Resolution, options));
        SurfaceWindow coarse = window.Under(tile.Grid, CellRectangle.Around(tile, 0), []);
        MapFrame? map = scenes.Get(context).MapFrame;
        ElevationTile sharpened = EdgeRefiner.Refine(
            new ElevationTile(tile, coarse.Heights, coarse.Origins),
            window,
            OrthophotoRenderer.ViewsOf(tile, surface.Lowest, views, map),
            photos.Get(context),
            map,
            options,
            FillElevationStage.EdgeMetres(surface),
            unsureMetres: 0,
            cancellationToken);
        RasterElevationStage.SaveTile(sharpened, unit, context);
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken) => surfaces.Clear();
}
