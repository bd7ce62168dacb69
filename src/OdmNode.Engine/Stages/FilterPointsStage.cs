using System.Text.Json;
using System.Text.Json.Nodes;
using OdmNode.Core.Errors;
using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Dense.Filtering;
using OdmNode.Dense.Fusion;
using OdmNode.Engine.Assets;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>
/// Drops points that lie apart from their surroundings or outside the boundary, and measures the cloud. Unit: a ground tile.
/// </summary>
internal sealed class FilterPointsStage(SceneCache scenes) : IStage
{
    private const string CloudSection = "cloud";
    private const string StatisticsSection = "statistics";
    private const double MarginSpacings = 24;
    private const string CountSection = "counts";
    private const int DensityCellSpacings = 8;
    private TileGrid? tiles;
    private TileGrid? densityTiles;
    private CropPolygon? boundary;

    public StageInfo Info { get; } = new(StageNames.FilterPoints, 2, ["pc-filter", .. SurveyBoundary.Options], 4);

    public StagePlan Plan(StageContext context)
    {
        StageOutput fused = context.Of(StageNames.FusePoints);
        tiles = FusePointsStage.LoadGrid(fused);
        densityTiles = new TileGrid(PointCounts.Coarser(tiles.Grid, DensityCellSpacings), tiles.TileSize / DensityCellSpacings);
        boundary = SurveyBoundary.Of(context, scenes);
        ContentKey[] limits = boundary is null ? [] : [KeyOf(boundary)];
        return new StagePlan([.. fused.Units.Select(unit => new WorkUnit(unit.Name)
        {
            Inputs = [.. limits, .. Around(tiles.TileOf(unit.Name)).Where(fused.Contains).Select(fused.KeyOf)],
            MemoryBytes = unit.MemoryBytes,
        })]);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        StageOutput fused = context.Of(StageNames.FusePoints);
        GroundTile tile = tiles!.TileOf(unit.Name);
        PointCloud own = FusePointsStage.Load(fused, unit.Name);
        double deviation = context.Options.Number("pc-filter");
        if (deviation > 0 && own.Count > 0)
        {
            MapRectangle area = MapRectangle.Of(tile, MarginSpacings * tile.Grid.Resolution);
            PointCloud[] others = [.. Around(tile)
                .Where(name => name != unit.Name && fused.Contains(name))
                .Select(name => PointClouds.Inside(FusePointsStage.Load(fused, name), area))];
            PointCloud all = PointClouds.Join(own, others);
            PointCloud kept = OutlierFilter.Filter(all, new OutlierOptions { MaxDeviation = deviation }, cancellationToken);
            own = PointClouds.FirstOf(kept, PointClouds.CountKept(all, own.Count, kept));
        }

        // Last, so that points near the boundary are judged among all their neighbours.
        if (boundary is not null)
        {
            own = PointClouds.Inside(own, boundary);
        }

        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(CloudSection))
        {
            PointCloudFormat.Write(own, section);
        }

        PointCounts counts = PointCounts.Of(densityTiles!.TileOf(unit.Name), own);
        using (Stream section = writer.Section(CountSection))
        {
            counts.Write(section);
        }

        CloudStatistics statistics = CloudStatistics.Of(own, counts.Density);
        using (Stream section = writer.Section(StatisticsSection))
        {
            JsonSerializer.Serialize(section, statistics, EngineJson.Default.CloudStatistics);
        }

        writer.Commit();
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        CloudStatistics sum = CloudStatistics.Empty;
        foreach (WorkUnit unit in context.Own.Units)
        {
            sum = sum.Plus(LoadStatistics(context.Own, unit.Name));
        }

        if (sum.Count == 0)
        {
            throw new OdmException(ErrorKind.BadInput, boundary is null
                ? "The point cloud is empty: the photos overlap too little or show too little texture."
                : "The point cloud is empty: nothing was found inside the boundary.");
        }

        if (scenes.Get(context).MapFrame is null && (context.Options.Flag("auto-boundary") || context.Options.Json("boundary") is not null))
        {
            context.Warn("Without positions there is no map: the boundary has no effect.");
        }

        context.Say(FormattableString.Invariant($"{sum.Count} points, {sum.SpacingMetres:0.###} m apart"));
        using (Stream section = context.Summary.Section(StatisticsSection))
        {
            JsonSerializer.Serialize(section, sum, EngineJson.Default.CloudStatistics);
        }

        context.WriteArtefact(AssetPaths.CloudStatistics, path => AssetJson.Write(
            new JsonObject { ["spacing"] = sum.SpacingMetres, ["points"] = sum.Count, ["density"] = sum.DensityPerSquareMetre }, path));
        context.WriteArtefact(AssetPaths.CloudDensity, path => WriteDensity(context, path, cancellationToken));
    }

    public static PointCloud Load(StageOutput output, string tileName) => output.OpenUnit(tileName).Read(CloudSection, PointCloudFormat.Read);

    public static CloudStatistics LoadStatistics(StageOutput output, string tileName) => Read(output.OpenUnit(tileName));

    /// <summary>Of the whole survey.</summary>
    public static CloudStatistics LoadStatistics(StageOutput output) => Read(output.OpenSummary());

    private static CloudStatistics Read(CheckpointReader reader) => reader.Read(
        StatisticsSection, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.CloudStatistics)!);

    private void WriteDensity(StageContext context, string path, CancellationToken cancellationToken)
    {
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        using var raster = GeoTiffWriter.CreateElevation(path, densityTiles!.Grid, new GeoTiffOptions
        {
            EpsgCode = scenes.Get(context).MapFrame?.Zone.EpsgCode,
            Threads = context.Parallelism,
            Software = "OdmNode " + ProductVersion.Text,
            CaptureTime = dataset.MeanCaptureTime(),
        });
        foreach (WorkUnit unit in context.Own.Units)
        {
            GroundTile tile = densityTiles.TileOf(unit.Name);
            raster.Write(context.Own.OpenUnit(unit.Name).Read(CountSection, stream => PointCounts.Read(stream, tile)).PerSquareMetre());
        }

        raster.Complete(cancellationToken);
    }

    private static ContentKey KeyOf(CropPolygon polygon) => InputKey.Of(
        "boundary", string.Join(' ', polygon.Vertices.Select(corner => FormattableString.Invariant($"{corner.X:R} {corner.Y:R}"))));

    /// <summary>The tile and those around it, in reading order.</summary>
    private IEnumerable<string> Around(GroundTile tile)
    {
        double margin = MarginSpacings * tile.Grid.Resolution;
        return tiles!.Touching(tile.West - margin, tile.South - margin, tile.East + margin, tile.North + margin).Select(other => other.Name);
    }
}
