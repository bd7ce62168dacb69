using OdmNode.Core.Identity;
using OdmNode.Engine.Running;
using OdmNode.Geospatial.Elevation;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Closes the gaps of the measured surface. Unit: a ground tile.</summary>
internal sealed class FillElevationStage(CoarseCache coarse) : IStage
{
    private const double SurroundMetres = 80;
    private const double EdgeNoises = 6;
    private const double WallNoises = 7;
    private const double SmallestEdge = 0.5;
    private readonly LruCache<ElevationTile> measuredTiles = new(256L << 20);
    private SurfaceRecord? surface;

    public StageInfo Info { get; } = new(StageNames.FillElevation, 4, [], 2);

    public StagePlan Plan(StageContext context)
    {
        StageOutput measured = context.Of(StageNames.RasterElevation);
        surface = RasterElevationStage.Load(measured);
        if (surface is null)
        {
            return new StagePlan([]) { ReduceInputs = [measured.SummaryKey] };
        }

        CropPolygon outline = surface.Polygon();
        return new StagePlan([.. surface.Tiles
            .Touching(outline.West - SurroundMetres, outline.South - SurroundMetres, outline.East + SurroundMetres, outline.North + SurroundMetres)
            .Select(tile => new WorkUnit(tile.Name)
            {
                Inputs = [measured.SummaryKey],
                MemoryBytes = 90L * tile.Width * tile.Height,
            })]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        StageOutput measured = context.Of(StageNames.RasterElevation);
        GroundTile tile = surface!.Tiles.TileOf(unit.Name);
        CellRectangle cells = CellRectangle.Around(tile, GapFiller.MarginCells);
        SurfaceWindow window = SurfaceWindow.Assemble(
            surface.Tiles.Grid,
            cells,
            surface.Tiles.Tiles().Where(cells.Intersects).Where(other => measured.Contains(other.Name)).Select(other => Measured(measured, other)));
        ElevationTile filled = GapFiller.Fill(
            measured.Contains(tile.Name) ? Measured(measured, tile) : Unknown(tile),
            window,
            coarse.Get(measured, surface.Tiles),
            EdgeMetres(surface),
            (float)(WallNoises * surface.NoiseMetres));
        RasterElevationStage.SaveTile(filled, unit, context);
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken) => measuredTiles.Clear();

    /// <summary>A height difference that is an edge of the surface, not its noise.</summary>
    public static float EdgeMetres(SurfaceRecord surface) => (float)Math.Max(SmallestEdge, EdgeNoises * surface.NoiseMetres);

    /// <summary>The filled surface under a tile of any grid and a margin around it.</summary>
    public static SurfaceWindow Window(StageOutput filled, TileGrid surface, GroundTile tile, double marginMetres)
    {
        CellRectangle cells = CellRectangle.Around(surface.Grid, tile, marginMetres);
        return SurfaceWindow.Assemble(
            surface.Grid,
            cells,
            surface.Tiles().Where(cells.Intersects).Where(other => filled.Contains(other.Name))
                .Select(other => RasterElevationStage.LoadTile(filled, other)));
    }

    private ElevationTile Measured(StageOutput measured, GroundTile tile) => measuredTiles.Get(
        measured.KeyOf(tile.Name).Hex, 5L * tile.Width * tile.Height, () => RasterElevationStage.LoadTile(measured, tile));

    public static ElevationTile Unknown(GroundTile tile)
    {
        var heights = new float[tile.Width * tile.Height];
        Array.Fill(heights, float.NaN);
        return new ElevationTile(tile, heights, new CellOrigin[heights.Length]);
    }
}
