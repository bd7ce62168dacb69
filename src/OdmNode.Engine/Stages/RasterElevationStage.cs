using System.Text.Json;
using OdmNode.Core.Errors;
using OdmNode.Core.Hashing;
using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Geospatial.Elevation;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Measures the height of every ground cell from the cloud, and finds the outline of the survey. Unit: a ground tile.</summary>
internal sealed class RasterElevationStage(SceneCache scenes, CoarseCache coarse) : IStage
{
    public const int TileCells = 1024;
    private const string HeightSection = "heights";
    private const string RecordSection = "surface";
    private const double NoisePixels = 1.0;
    private TileGrid? tiles;
    private ElevationOptions? elevation;

    public StageInfo Info { get; } = new(
        StageNames.RasterElevation,
        4,
        ["dem-gapfill-steps", "dem-decimation", "crop", .. SurveyBoundary.Options],
        3)
    {
        PlanningOptions = ["dem-resolution", "orthophoto-resolution", "ignore-gsd"],
    };

    public StagePlan Plan(StageContext context)
    {
        StageOutput points = context.Of(StageNames.FilterPoints);
        if (scenes.Get(context).MapFrame is null)
        {
            return new StagePlan([]) { ReduceInputs = [points.SummaryKey] };
        }

        CloudStatistics statistics = FilterPointsStage.LoadStatistics(points);
        TileGrid fusion = FusePointsStage.LoadGrid(context.Of(StageNames.FusePoints));
        elevation = OptionsOf(statistics, fusion, context);
        double resolution = ProductResolution.Surface(context, statistics.SpacingMetres);
        tiles = new TileGrid(
            GroundGrid.Covering(statistics.Minimum[0], statistics.Minimum[1], statistics.Maximum[0], statistics.Maximum[1], resolution),
            TileCells);
        ContentKey settings = KeyOf(elevation);
        var units = new List<WorkUnit>();
        foreach (GroundTile tile in tiles.Tiles())
        {
            string[] sources = [.. CloudsOf(tile, elevation, points, fusion)];
            if (sources.Length > 0)
            {
                units.Add(new WorkUnit(tile.Name)
                {
                    Inputs = [tiles.Key(), settings, .. sources.Select(points.KeyOf)],
                    MemoryBytes = (16L * TileCells * TileCells) + (80L * statistics.Count * sources.Length / Math.Max(1, points.Units.Count)),
                });
            }
        }

        return new StagePlan(units);
    }

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken)
    {
        GroundTile tile = tiles!.TileOf(unit.Name);
        StageOutput points = context.Of(StageNames.FilterPoints);
        TileGrid fusion = FusePointsStage.LoadGrid(context.Of(StageNames.FusePoints));
        int step = StepOf(context);
        PointCloud[] clouds = [.. CloudsOf(tile, elevation!, points, fusion).Select(name =>
        {
            PointCloud cloud = FilterPointsStage.Load(points, name);
            return step == 1 ? cloud : PointClouds.Where(cloud, i => i % step == 0);
        })];
        SaveTile(ElevationRasterizer.Rasterize(tile, clouds, elevation!, cancellationToken), unit, context);
    }

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        if (tiles is null)
        {
            context.Warn("Without positions there is no map: the elevation model and the orthophoto are left out.");
            return;
        }

        CoarseSurface surface = coarse.Get(context.Own, tiles);
        CropPolygon surveyed = OutlineOf(surface, context)
            ?? throw new OdmException(ErrorKind.BadInput, "No ground was measured inside the boundary.");
        CropPolygon outline = surveyed.Cropped(context.Options.Number("crop"));
        CloudStatistics cloud = FilterPointsStage.LoadStatistics(context.Of(StageNames.FilterPoints));
        BoundsFiles.Write(context, surveyed, outline, cloud, scenes.Get(context).MapFrame!.Zone.EpsgCode);
        var record = new SurfaceRecord
        {
            Tiles = tiles,
            Outline = [.. outline.Vertices.SelectMany(corner => (double[])[corner.X, corner.Y])],
            Lowest = surface.Lowest,
            Highest = surface.Highest,
            NoiseMetres = elevation!.HeightNoiseMetres,
        };
        context.Say(FormattableString.Invariant($"Surveyed area {outline.Area:0} square metres"));
        using Stream section = context.Summary.Section(RecordSection);
        JsonSerializer.Serialize(section, record, EngineJson.Default.SurfaceRecord);
    }

    /// <summary>Null when the survey has no map.</summary>
    public static SurfaceRecord? Load(StageOutput output)
    {
        CheckpointReader reader = output.OpenSummary();
        return reader.Has(RecordSection)
            ? reader.Read(RecordSection, stream => JsonSerializer.Deserialize(stream, EngineJson.Default.SurfaceRecord)!)
            : null;
    }

    public static ElevationTile LoadTile(StageOutput output, GroundTile tile) =>
        output.OpenUnit(tile.Name).Read(HeightSection, stream => ElevationTile.Read(stream, tile));

    public static void SaveTile(ElevationTile tile, WorkUnit unit, StageContext context)
    {
        using CheckpointWriter writer = context.CreateUnit(unit);
        using (Stream section = writer.Section(HeightSection))
        {
            tile.Write(section);
        }

        writer.Commit();
    }

    /// <summary>Of every how many points of a tile of the cloud one is used.</summary>
    public static int StepOf(StageContext context) => Math.Max(1, context.Options.Count("dem-decimation"));

    /// <summary>How points become heights; the caller's stage reads <c>dem-gapfill-steps</c> and <c>dem-decimation</c>.</summary>
    public static ElevationOptions OptionsOf(CloudStatistics statistics, TileGrid fusion, StageContext context) => new()
    {
        PointSpacingMetres = statistics.SpacingMetres * Math.Sqrt(StepOf(context)),
        HeightNoiseMetres = NoisePixels * fusion.Grid.Resolution,
        GapFillSteps = Math.Max(1, context.Options.Count("dem-gapfill-steps")),
    };

    public static ContentKey KeyOf(ElevationOptions options) => InputKey.Of(
        "elevation", FormattableString.Invariant($"{options.PointSpacingMetres:R} {options.HeightNoiseMetres:R}"));

    /// <summary>Tiles of the cloud that can change a tile's heights.</summary>
    public static IEnumerable<string> CloudsOf(GroundTile tile, ElevationOptions elevation, StageOutput points, TileGrid fusion)
    {
        double margin = elevation.MarginMetres;
        return fusion.Touching(tile.West - margin, tile.South - margin, tile.East + margin, tile.North + margin)
            .Select(other => other.Name).Where(points.Contains);
    }

    /// <summary>What was surveyed, inside the boundary if there is one.</summary>
    private CropPolygon? OutlineOf(CoarseSurface surface, StageContext context)
    {
        CropPolygon? outline = SurveyOutline.Of(surface);
        return outline is not null && SurveyBoundary.Of(context, scenes) is { } boundary ? outline.Intersection(boundary) : outline;
    }
}
