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
    public StageInfo Info { get; } = new(StageNames.ExportCloud, 1, [], 2);

    public StagePlan Plan(StageContext context) => new([])
    {
        ReduceInputs = [context.Of(StageNames.FilterPoints).SummaryKey, context.Of(StageNames.ReadMetadata).SummaryKey],
        ReduceCost = 1,
    };

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This stage has no units.");

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        Georeference? map = ReconstructStage.Load(context.Of(StageNames.Reconstruct)).MapFrame is null ? null : dataset.Georeference;
        StageOutput points = context.Of(StageNames.FilterPoints);
        long count = FilterPointsStage.LoadStatistics(points).Count;
        var offset = new Vector3D(map?.OffsetEast ?? 0, map?.OffsetNorth ?? 0, 0);
        context.WriteArtefact(AssetPaths.CloudPly, plyPath =>
            context.WriteArtefact(AssetPaths.CloudCsv, csvPath =>
                context.WriteArtefact(AssetPaths.CloudLas, lasPath =>
                {
                    using var plyFile = new FileStream(plyPath, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 18);
                    var ply = new PlyWriter(plyFile, count, offset);
                    using var csv = new CsvPointWriter(csvPath);
                    using var las = new LasWriter(lasPath, new LasOptions
                    {
                        EpsgCode = map is null ? null : dataset.MapFrame()!.Zone.EpsgCode,
                        OffsetEast = offset.X,
                        OffsetNorth = offset.Y,
                        Software = "OdmNode " + ProductVersion.Text,
                        CaptureTime = dataset.MeanCaptureTime(),
                    });
                    foreach (WorkUnit unit in points.Units)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        PointCloud cloud = FilterPointsStage.Load(points, unit.Name);
                        ply.Write(cloud, cancellationToken);
                        csv.Write(cloud, cancellationToken);
                        las.Write(cloud, cancellationToken);
                    }

                    ply.Complete();
                    csv.Complete();
                    las.Complete();
                })));
    }
}
