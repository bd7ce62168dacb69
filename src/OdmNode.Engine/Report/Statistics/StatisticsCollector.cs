using System.Text.Json.Nodes;
using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Running;
using OdmNode.Engine.Stages;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Coverage;
using OdmNode.Geospatial.Elevation;
using OdmNode.Pipeline.Stages;
using OdmNode.Scene.Model;
using OdmNode.Sfm;

namespace OdmNode.Engine.Report.Statistics;

/// <summary>Gathers <see cref="RunStatistics"/> from what the stages left.</summary>
internal static class StatisticsCollector
{
    /// <summary>The classes of the overlap: 1, 2, 3, 4, 5 or more photos.</summary>
    public const int OverlapClasses = 5;

    public static RunStatistics Collect(
        StageContext context, RunJournal journal, Reconstruction scene, OverlapMap overlap, CancellationToken cancellationToken)
    {
        Dataset dataset = Dataset.Load(context.Of(StageNames.ReadMetadata));
        ReconstructionReport report = ReconstructStage.LoadReport(context.Of(StageNames.Reconstruct));
        SurfaceRecord? surface = RasterElevationStage.Load(context.Of(StageNames.RasterElevation));
        var errors = ReprojectionErrors.Of(scene);
        double[] times = [.. dataset.Photos.Select(photo => photo.Metadata?.CaptureTime).OfType<double>()];
        return new RunStatistics
        {
            WrittenAt = journal.Clock.GetUtcNow(),
            FirstCapture = times.Length == 0 ? null : Time(times.Min()),
            LastCapture = times.Length == 0 ? null : Time(times.Max()),
            Map = scene.MapFrame,
            CameraArea = BoundingArea([.. scene.Shots.Select(shot => shot.CameraFromWorld.Center)]),
            SurveyedArea = surface?.Polygon().Area,
            GsdMetres = report.GsdMetres,
            Stages =
            [
                .. journal.Stages.Where(stage => stage.Result is not null).Select(stage =>
                    new StageTime(stage.Name, StageNames.PublicNameOf(stage.Name), Math.Round(stage.Result!.SecondsWhenMade, 3))),
            ],
            PhotosPlaced = scene.Shots.Count,
            Unplaced = [.. Unusable(context).Concat(report.Unplaced).OrderBy(photo => photo.ImageName, StringComparer.Ordinal)],
            Detected = CountSummary.Of(ExtractFeaturesStage.Load(context.Of(StageNames.ExtractFeatures)).Select(photo => photo.Features)),
            Reconstructed = CountSummary.Of(errors.ObservationsPerShot),
            Components = report.Result.Components,
            InitialPoints = report.Result.InitialTracks,
            InitialObservations = report.Result.InitialObservations,
            Points = scene.Points.Count,
            Observations = errors.Pixels.Length,
            Tracks = TrackLengths.Of(scene.Points),
            Pixels = ErrorDistribution.Of(errors.Pixels),
            Normalized = ErrorDistribution.Of(errors.Normalized),
            Angular = ErrorDistribution.Of(errors.Angular),
            Cameras = Calibrations(scene, report),
            Gps = PositionErrors.Of([.. report.Residuals.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
                new Vector3D(entry.Value[0], entry.Value[1], entry.Value[2]))]),
            ControlPoints =
            [
                .. report.Control.Select(point => new ControlPointError(
                    point.Name, point.IsCheckPoint, point.Marks.Count, new Vector3D(point.Error[0], point.Error[1], point.Error[2]))),
            ],
            FollowsControl = report.FollowsControl,
            Shutter = report.Shutter,
            Cloud = FilterPointsStage.LoadStatistics(context.Of(StageNames.FilterPoints)),
            Elevation = [.. ElevationModels(context, cancellationToken)],
            OverlapShares = overlap.Shares(OverlapClasses, surface?.Polygon().Mask(WholeOf(overlap.Grid))),
        };
    }

    /// <summary>Files that are no photo, and photos that could not be decoded.</summary>
    private static IEnumerable<UnplacedPhoto> Unusable(StageContext context) =>
        ReadMetadataStage.LoadProblems(context.Of(StageNames.ReadMetadata))
            .Concat(ExtractFeaturesStage.LoadProblems(context.Of(StageNames.ExtractFeatures)));

    private static IReadOnlyList<CameraCalibration> Calibrations(Reconstruction scene, ReconstructionReport report)
    {
        IReadOnlyDictionary<string, Camera> start = CamerasJson.Read(JsonNode.Parse(report.Start));
        return
        [
            .. scene.Cameras.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new CameraCalibration(
                entry.Key, start.GetValueOrDefault(entry.Key), entry.Value, scene.Shots.Count(shot => shot.CameraId == entry.Key))),
        ];
    }

    private static IEnumerable<ElevationModel> ElevationModels(StageContext context, CancellationToken cancellationToken)
    {
        HashSet<string> written = [.. context.EarlierArtefacts().Select(record => record.Path)];
        foreach ((string key, string heights, string origins) in ReportFiles.ElevationModels)
        {
            if (written.Contains(heights))
            {
                yield return new ElevationModel(key, ElevationSummary.Of(
                    Path.Combine(context.ProjectFolder, heights),
                    written.Contains(origins) ? Path.Combine(context.ProjectFolder, origins) : null,
                    cancellationToken));
            }
        }
    }

    private static GroundTile WholeOf(GroundGrid grid) => new(grid, 0, 0, 0, 0, grid.Width, grid.Height);

    private static double BoundingArea(Vector3D[] centers) => centers.Length == 0
        ? 0
        : (centers.Max(c => c.X) - centers.Min(c => c.X)) * (centers.Max(c => c.Y) - centers.Min(c => c.Y));

    private static DateTimeOffset Time(double seconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)(1000 * seconds));
}
