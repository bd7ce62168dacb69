using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Terrain;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Measures the height of the ground from its points. Unit: a ground tile of the working grid.</summary>
internal sealed class RasterTerrainStage : IStage
{
    private SurfaceRecord? surface;
    private ElevationOptions? elevation;

    public StageInfo Info { get; } = new(StageNames.RasterTerrain, 1, ["dtm", "dem-gapfill-steps", "dem-decimation"], 1);

    public StagePlan Plan(StageContext context)
    {
        surface = context.Options.Flag("dtm") ? RasterElevationStage.Load(context.Of(StageNames.RasterElevation)) : null;
        if (surface is null)
        {
            return new StagePlan([]);
        }

        StageOutput points = context.Of(StageNames.FilterPoints);
        StageOutput classes = context.Of(StageNames.ClassifyGround);
        TileGrid fusion = FusePointsStage.LoadGrid(context.Of(StageNames.FusePoints));
        CloudStatistics statistics = FilterPointsStage.LoadStatistics(points);
        elevation = RasterElevationStage.OptionsOf(statistics, fusion, context);
        return new StagePlan([.. context.Of(StageNames.RasterElevation).Units.Select(unit => new WorkUnit(unit.Name)
        {
            Inputs =
            [
                surface.Tiles.Key(),
                RasterElevationStage.KeyOf(elevation),
                .. CloudsOf(unit.Name, points, fusion).SelectMany(
                    name => (ContentKey[])[points.KeyOf(name), classes.KeyOf(ClassifyGroundStage.UnitOf(fusion.TileOf(name)))]),
            ],
            MemoryBytes = unit.MemoryBytes,
        })]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        StageOutput points = context.Of(StageNames.FilterPoints);
        StageOutput classes = context.Of(StageNames.ClassifyGround);
        TileGrid fusion = FusePointsStage.LoadGrid(context.Of(StageNames.FusePoints));
        int step = RasterElevationStage.StepOf(context);
        PointCloud[] ground = [.. CloudsOf(unit.Name, points, fusion).Select(name =>
        {
            byte[] classOf = ClassifyGroundStage.Load(classes, fusion.TileOf(name));
            return PointClouds.Where(FilterPointsStage.Load(points, name), i => classOf[i] == GroundSurface.GroundClass && i % step == 0);
        })];
        RasterElevationStage.SaveTile(
            ElevationRasterizer.Rasterize(surface!.Tiles.TileOf(unit.Name), ground, elevation!, cancellationToken), unit, context);
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
    }

    private IEnumerable<string> CloudsOf(string tileName, StageOutput points, TileGrid fusion) =>
        RasterElevationStage.CloudsOf(surface!.Tiles.TileOf(tileName), elevation!, points, fusion);
}
