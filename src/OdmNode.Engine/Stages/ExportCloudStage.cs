using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.PointClouds;
using OdmNode.Geospatial.PointClouds.Copc;
using OdmNode.Geospatial.PointClouds.Ept;
using OdmNode.Geospatial.PointClouds.Octree;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Formats;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Writes the point cloud in the formats that people use. No units: files are written tile after tile.</summary>
internal sealed class ExportCloudStage : IStage
{
    /// <summary>Of the memory, a half for points and a half for what is encoded and written.</summary>
    private const int BudgetShare = 2;

    public StageInfo Info { get; } = new(StageNames.ExportCloud, 4, ["pc-las", "pc-csv", "pc-copc", "pc-ept"], 2);

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
        UtmZone? zone = map is null ? null : dataset.MapFrame()!.Zone;
        var options = new LasOptions
        {
            EpsgCode = zone?.EpsgCode,
            OffsetEast = map?.OffsetEast ?? 0,
            OffsetNorth = map?.OffsetNorth ?? 0,
            Scale = LasOptions.ScaleFor(statistics.SpacingMetres),
            Software = "OdmNode " + ProductVersion.Text,
            CaptureTime = dataset.MeanCaptureTime(),
        };
        StageOutput classes = context.Of(StageNames.ClassifyGround);
        TileGrid tiles = FusePointsStage.LoadGrid(context.Of(StageNames.FusePoints));
        using var cloud = new QuantizedCloud(context.ScratchPath("points"), options);
        context.WriteArtefact(AssetPaths.CloudPly, path =>
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 18);
            var ply = new PlyWriter(file, statistics.Count, new Vector3D(options.OffsetEast, options.OffsetNorth, 0));
            ForEachTile(
                points,
                (unit, tile) =>
                {
                    ply.Write(tile, cancellationToken);
                    cloud.Add(tile, ClassifyGroundStage.Load(classes, tiles.TileOf(unit.Name)), cancellationToken);
                },
                cancellationToken);
            ply.Complete();
        });
        context.WriteArtefact(AssetPaths.CloudLaz, path =>
        {
            using var laz = new LazWriter(path, options, context.Parallelism);
            cloud.ForEach(point => laz.Add(point, cancellationToken), cancellationToken);
            laz.Complete(cancellationToken);
        });
        WriteIf("pc-las", context, AssetPaths.CloudLas, path =>
        {
            using var las = new LasWriter(path, options);
            cloud.ForEach(point => las.Add(point), cancellationToken);
            las.Complete();
        });
        WriteIf("pc-csv", context, AssetPaths.CloudCsv, path =>
        {
            using var csv = new CsvPointWriter(path);
            ForEachTile(points, (_, tile) => csv.Write(tile, cancellationToken), cancellationToken);
            csv.Complete();
        });
        OctreeOptions tree = OctreeOptions.Within(context.MemoryBudgetBytes / BudgetShare);
        WriteIf("pc-copc", context, AssetPaths.CloudCopc, path =>
            CopcWriter.Write(cloud, path, tree, context.Parallelism, cancellationToken));
        WriteIf("pc-ept", context, AssetPaths.EntwineFolder, folder => EptWriter.Write(
            cloud, folder, Path.GetFileName(AssetPaths.CloudLaz), tree, context.Parallelism, cancellationToken));
        context.WriteArtefact(AssetPaths.CloudInfo, path => AssetJson.Write(CloudInfoJson.Info(cloud, zone), path));
        context.WriteArtefact(AssetPaths.CloudSummary, path => AssetJson.Write(CloudInfoJson.Summary(cloud, zone), path));
    }

    /// <summary>Writes what an option asks for. What an earlier run left of it goes otherwise, for the archive takes the folders.</summary>
    private static void WriteIf(string option, StageContext context, string artefact, Action<string> write)
    {
        if (!context.Options.Flag(option))
        {
            context.RemoveArtefact(artefact);
        }
        else if (artefact.EndsWith('/'))
        {
            context.WriteArtefactFolder(artefact, write);
        }
        else
        {
            context.WriteArtefact(artefact, write);
        }
    }

    /// <summary>One tile is in memory at a time.</summary>
    private static void ForEachTile(StageOutput points, Action<WorkUnit, PointCloud> write, CancellationToken cancellationToken)
    {
        foreach (WorkUnit unit in points.Units)
        {
            cancellationToken.ThrowIfCancellationRequested();
            write(unit, FilterPointsStage.Load(points, unit.Name));
        }
    }
}
