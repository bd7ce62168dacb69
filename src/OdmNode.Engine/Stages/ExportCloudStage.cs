using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.PointClouds;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Writes the point cloud in the formats that people use. No units: files are written tile after tile.</summary>
internal sealed class ExportCloudStage : IStage
{
    public StageInfo Info { get; } = new(StageNames.ExportCloud, 3, ["pc-las", "pc-csv"], 2);

    public StagePlan Plan(StageContext context) => new([])
    {
        ReduceInputs =
        [
            context.Of(StageNames.FilterPoints).SummaryKey, context.Of(StageNames.ReadMetadata).SummaryKey,
            context.Of(StageNames.ClassifyGround).SummaryKey,
        ],
        ReduceCost = 1,
    };

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This stage has no units.");

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        Georeference? map = ReconstructStage.Load(context.Of(StageNames.Reconstruct)).MapFrame is null ? null : dataset.Georeference;
        StageOutput points = context.Of(StageNames.FilterPoints);
        CloudStatistics statistics = FilterPointsStage.LoadStatistics(points);
        var options = new LasOptions
        {
            EpsgCode = map is null ? null : dataset.MapFrame()!.Zone.EpsgCode,
            OffsetEast = map?.OffsetEast ?? 0,
            OffsetNorth = map?.OffsetNorth ?? 0,
            Scale = LasOptions.ScaleFor(statistics.SpacingMetres),
            Software = "OdmNode " + ProductVersion.Text,
            CaptureTime = dataset.MeanCaptureTime(),
        };
        context.WriteArtefact(AssetPaths.CloudPly, path =>
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 18);
            var ply = new PlyWriter(file, statistics.Count, new Vector3D(options.OffsetEast, options.OffsetNorth, 0));
            ForEachTile(points, cloud => ply.Write(cloud, cancellationToken), cancellationToken);
            ply.Complete();
        });
        context.WriteArtefact(AssetPaths.CloudLaz, path =>
        {
            using var laz = new LazWriter(path, options, context.Parallelism);
            ForEachTile(points, context, (cloud, classes) => laz.Write(cloud, classes, cancellationToken), cancellationToken);
            laz.Complete(cancellationToken);
        });
        if (context.Options.Flag("pc-las"))
        {
            context.WriteArtefact(AssetPaths.CloudLas, path =>
            {
                using var las = new LasWriter(path, options);
                ForEachTile(points, context, (cloud, classes) => las.Write(cloud, classes, cancellationToken), cancellationToken);
                las.Complete();
            });
        }

        if (context.Options.Flag("pc-csv"))
        {
            context.WriteArtefact(AssetPaths.CloudCsv, path =>
            {
                using var csv = new CsvPointWriter(path);
                ForEachTile(points, cloud => csv.Write(cloud, cancellationToken), cancellationToken);
                csv.Complete();
            });
        }
    }

    /// <summary>One tile is in memory at a time.</summary>
    private static void ForEachTile(StageOutput points, Action<PointCloud> write, CancellationToken cancellationToken)
    {
        foreach (WorkUnit unit in points.Units)
        {
            cancellationToken.ThrowIfCancellationRequested();
            write(FilterPointsStage.Load(points, unit.Name));
        }
    }

    /// <summary>The same with the class of each point, where there are classes.</summary>
    private static void ForEachTile(
        StageOutput points, StageContext context, Action<PointCloud, byte[]> write, CancellationToken cancellationToken)
    {
        StageOutput classes = context.Of(StageNames.ClassifyGround);
        TileGrid tiles = FusePointsStage.LoadGrid(context.Of(StageNames.FusePoints));
        foreach (WorkUnit unit in points.Units)
        {
            cancellationToken.ThrowIfCancellationRequested();
            write(FilterPointsStage.Load(points, unit.Name), ClassifyGroundStage.Load(classes, tiles.TileOf(unit.Name)));
        }
    }
}
