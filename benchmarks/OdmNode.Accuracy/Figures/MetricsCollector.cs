using System.Text.Json;
using OdmNode.Accuracy.Measuring;
using OdmNode.Geometry.Geodesy;
using OdmNode.Testing.Products;
using OdmNode.Testing.Surveys;

namespace OdmNode.Accuracy.Figures;

/// <summary>Reads the files that a run left and makes figures of them.</summary>
internal static class MetricsCollector
{
    // Features, matching and reconstruction: what other programs call structure from motion.
    private static readonly string[] ReconstructionStages = ["extract-features", "match-features", "reconstruct", "align-scene"];

    /// <param name="name">Of the data set.</param>
    /// <param name="project">ODM's output tree.</param>
    /// <param name="run">How it was made.</param>
    /// <param name="survey">The truth, where there is one.</param>
    public static DataSetMetrics Collect(string name, string project, EngineRun run, SyntheticSurvey? survey)
    {
        string images = Path.Combine(project, "images");
        IReadOnlyList<StageTime> stages = StageTime.ReadAll(project, run);
        using JsonDocument stats = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project, "odm_report", "stats.json")));
        JsonElement reconstruction = stats.RootElement.GetProperty("reconstruction_statistics");
        int placed = reconstruction.GetProperty("reconstructed_shots_count").GetInt32();
        IReadOnlyList<PlacedPhoto> shots = File.Exists(PlacedPhoto.PathIn(project)) ? PlacedPhoto.ReadAll(project) : [];
        IReadOnlyDictionary<string, GeodeticPosition> positions = ExifPositions.Read(images);
        CenterErrors? gps = positions.Count >= 3 && shots.Count >= 3 ? CenterErrors.Against(shots, positions) : null;
        string orthophoto = Path.Combine(project, "odm_orthophoto", "odm_orthophoto.tif");
        return new DataSetMetrics
        {
            Name = name,
            Photos = Directory.GetFiles(images).Length,
            WallSeconds = run.WallSeconds,
            CpuSeconds = run.CpuSeconds,
            PeakResidentMebibytes = run.PeakResidentBytes / 1048576.0,
            Stages = stages,
            Placed = placed,
            ReprojectionErrorPixels = reconstruction.GetProperty("reprojection_error_pixels").GetDouble(),
            TiePoints = reconstruction.GetProperty("reconstructed_points_count").GetInt32(),
            ObservationsPerPhoto = reconstruction.GetProperty("observations_count").GetDouble() / placed,
            ReconstructionWallSeconds = ReconstructionSeconds(stages, stats.RootElement),
            GpsRmseAligned = gps?.AlignedRmse,
            GpsRmse = gps?.AbsoluteRmse,
            OrthophotoDataShare = File.Exists(orthophoto) ? DataCoverage.Of(RasterFile.Read(orthophoto, 4)).Share : null,
            PointCloudPoints = CloudPoints(stats.RootElement),
            Truth = survey is null ? null : TruthFigures.Measure(project, survey),
        };
    }

    private static double ReconstructionSeconds(IReadOnlyList<StageTime> stages, JsonElement stats)
    {
        double byStages = stages.Where(stage => ReconstructionStages.Contains(stage.Name, StringComparer.Ordinal)).Sum(stage => stage.WallSeconds);
        return byStages > 0
            ? byStages
            : stats.GetProperty("processing_statistics").GetProperty("steps_times").GetProperty("Total Time").GetDouble();
    }

    private static int? CloudPoints(JsonElement stats) =>
        stats.TryGetProperty("point_cloud_statistics", out JsonElement cloud)
        && cloud.TryGetProperty("stats", out JsonElement inner)
        && inner.TryGetProperty("statistic", out JsonElement statistic) && statistic.GetArrayLength() > 0
            ? statistic[0].GetProperty("count").GetInt32()
            : null;
}
