using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Report;
using OdmNode.Engine.Report.Layout;
using OdmNode.Engine.Report.Statistics;
using OdmNode.Engine.Running;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Coverage;
using OdmNode.Pipeline.Checkpoints;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;
using OdmNode.Sfm.Bundle;

namespace OdmNode.Engine.Stages;

/// <summary>Writes the cameras' places, the statistics of the run, and the report. No units.</summary>
internal sealed class WriteReportStage(RunJournal journal, SceneCache scenes) : IStage
{
    private const int OverlapCells = 220;
    private const int ResidualCells = 32;

    public StageInfo Info { get; } = new(StageNames.WriteReport, 2, ["skip-report"], 2);

    public StagePlan Plan(StageContext context) => new([])
    {
        ReduceInputs =
        [
            context.Of(StageNames.ReadMetadata).SummaryKey,
            context.Of(StageNames.ExtractFeatures).SummaryKey,
            context.Of(StageNames.Reconstruct).SummaryKey,
            context.Of(StageNames.FilterPoints).SummaryKey,
            context.Of(StageNames.RasterElevation).SummaryKey,
            .. Rasters(context).Select(record => InputKey.Of(record.Path, record.Hash)),
        ],
        ReduceCost = 1,
    };

    public void Execute(WorkUnit unit, StageContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException("This stage has no units.");

    public void Reduce(StageContext context, CancellationToken cancellationToken)
    {
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        Reconstruction scene = scenes.GetPlaced(context);
        Dictionary<string, double?> captureTimes =
            dataset.Photos.ToDictionary(photo => photo.FileName, photo => photo.Metadata!.CaptureTime, StringComparer.Ordinal);
        context.WriteArtefact(AssetPaths.Shots, path => AssetJson.Write(ShotsGeoJson.Of(scene, captureTimes), path));

        using ReportFonts? fonts = context.Options.Flag("skip-report") ? null : ReportFonts.Load();
        IReadOnlyList<Vector2D> outline = RasterElevationStage.Load(context.Of(StageNames.RasterElevation))?.Polygon().Vertices ?? [];
        OverlapMap? overlap = null;
        RunStatistics? gathered = null;
        using var previews = new ReportPreviews();
        Together.Run(
            context.Parallelism,
            cancellationToken,
            () =>
            {
                overlap = OverlapMap.Of(scenes.Get(context), outline, OverlapCells, context.Parallelism, cancellationToken);
                gathered = StatisticsCollector.Collect(context, journal, scene, overlap, cancellationToken);
            },
            () =>
            {
                if (fonts is not null)
                {
                    previews.Load(context.ProjectFolder, [.. Rasters(context).Select(record => record.Path)], cancellationToken);
                }
            });
        RunStatistics run = gathered!;
        context.WriteArtefact(AssetPaths.Statistics, path => AssetJson.Write(StatisticsJson.Of(run), path));
        context.Say(FormattableString.Invariant(
            $"Reprojection error of all {run.Observations} observations: mean {run.Pixels.Mean:0.00}, median {run.Pixels.Median:0.00}, RMS {run.Pixels.RootMeanSquare:0.00} pixels"));
        if (run.Gps?.RootMeanSquare is { } rmse)
        {
            context.Say(FormattableString.Invariant(
                $"Camera positions against the photos' own: RMS {rmse.X:0.00} m east, {rmse.Y:0.00} m north, {rmse.Z:0.00} m up"));
        }

        ReportFiles.Remove(context.ProjectFolder);
        if (fonts is null)
        {
            if (!context.Options.Flag("skip-report"))
            {
                context.Warn("The report is left out: install the Debian package fonts-open-sans or fonts-dejavu-core.");
            }

            return;
        }

        var type = new Typesetter(fonts);
        var content = new ReportContent
        {
            Run = run,
            Overlap = overlap!,
            Outline = outline,
            Residuals = ResidualGrid.Of(scene, ResidualCells),
            Orthophoto = previews.Orthophoto,
            Relief = previews.Relief,
        };
        cancellationToken.ThrowIfCancellationRequested();
        Together.Run(
            context.Parallelism,
            cancellationToken,
            () => context.WriteArtefact(AssetPaths.Report, path => SurveyReport.Write(content, type, path)),
            () => ReportPictures.Write(content, type, context));
    }

    /// <summary>What the previews are made of.</summary>
    private static IEnumerable<ArtefactRecord> Rasters(StageContext context)
    {
        string[] wanted = [AssetPaths.Orthophoto, .. ReportFiles.ElevationModels.SelectMany(model => (string[])[model.Heights, model.Origins])];
        return context.EarlierArtefacts().Where(record => wanted.Contains(record.Path));
    }
}
