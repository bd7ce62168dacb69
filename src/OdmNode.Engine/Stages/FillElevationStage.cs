using OdmNode.Core.Identity;
using OdmNode.Geospatial.Elevation;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Closes the gaps of the measured surface. Unit: a ground tile.</summary>
internal sealed class FillElevationStage(CoarseCache coarse, SurfaceCache surfaces) : IStage
{
    private const double SurroundMetres = 80;
    private const double EdgeNoises = 6;
    private const double WallNoises = 7;
    private const double SmallestEdge = 0.5;
    private SurfaceRecord? surface;

    public StageInfo Info { get; } = new(StageNames.FillElevation, 5, [], 2);

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
        ElevationTile filled = GapFiller.Fill(
            measured.Contains(tile.Name) ? surfaces.Tile(measured, tile) : Unknown(tile),
            surfaces.Window(measured, surface.Tiles, cells),
            coarse.Get(measured, surface.Tiles),
            EdgeMetres(surface),
            (float)(WallNoises * surface.NoiseMetres));
        RasterElevationStage.SaveTile(filled, unit, context);
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken) => surfaces.Clear();

    /// <summary>A height difference that is an edge of the surface, not its noise.</summary>
    public static float EdgeMetres(SurfaceRecord surface) => (float)Math.Max(SmallestEdge, EdgeNoises * surface.NoiseMetres);

    public static ElevationTile Unknown(GroundTile tile)
    {
        var heights = new float[tile.Width * tile.Height];
        Array.Fill(heights, float.NaN);
        return new ElevationTile(tile, heights, new CellOrigin[heights.Length]);
    }
}
