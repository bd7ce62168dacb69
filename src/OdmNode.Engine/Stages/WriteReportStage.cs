using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Running;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Stages;

/// <summary>Writes the cameras' places and the statistics of the run. No units.</summary>
internal sealed class WriteReportStage(RunJournal journal, SceneCache scenes) : IStage
{
    public StageInfo Info { get; } = new(StageNames.WriteReport, 1, [], 0.5);

    public StagePlan Plan(StageContext context) => new([])
    {
        ReduceInputs =
        [
            context.Of(StageNames.ReadMetadata).SummaryKey,
            context.Of(StageNames.ExtractFeatures).SummaryKey,
            context.Of(StageNames.Reconstruct).SummaryKey,
            context.Of(StageNames.FilterPoints).SummaryKey,
        ],
        ReduceCost = 1,
    };

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This stage has no units.");

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        Reconstruction scene = scenes.Get(context);
        Dictionary<string, double?> captureTimes =
            dataset.Photos.ToDictionary(photo => photo.FileName, photo => photo.Metadata!.CaptureTime, StringComparer.Ordinal);
        context.WriteArtefact(AssetPaths.Shots, path => AssetJson.Write(ShotsGeoJson.Of(scene, captureTimes), path));

        var errors = ReprojectionErrors.Of(scene);
        var statistics = new StatisticsJson
        {
            Journal = journal,
            Dataset = dataset,
            Scene = scene,
            Report = ReconstructStage.LoadReport(context.Of(StageNames.Reconstruct)),
            Features = ExtractFeaturesStage.Load(context.Of(StageNames.ExtractFeatures)),
            Cloud = FilterPointsStage.LoadStatistics(context.Of(StageNames.FilterPoints)),
            Errors = errors,
        };
        context.WriteArtefact(AssetPaths.Statistics, path => AssetJson.Write(statistics.Build(), path));
        context.Say(FormattableString.Invariant(
            $"Reprojection error of all {errors.Pixels.Length} observations: mean {errors.MeanPixels:0.00}, median {errors.MedianPixels:0.00}, RMS {errors.RmsPixels:0.00} pixels"));
        if (statistics.GpsRmse() is { } rmse)
        {
            context.Say(FormattableString.Invariant(
                $"Camera positions against the photos' own: RMS {rmse.X:0.00} m east, {rmse.Y:0.00} m north, {rmse.Z:0.00} m up"));
        }
    }
}
