using System.Globalization;
using System.Text.Json.Nodes;
using OdmNode.Core.Identity;
using OdmNode.Engine.Report.Statistics;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's stats.json, with errors over all observations and what the report tells besides.</summary>
internal static class StatisticsJson
{
    public static JsonObject Of(RunStatistics run) => new()
    {
        ["processing_statistics"] = Processing(run),
        ["features_statistics"] = new JsonObject
        {
            ["detected_features"] = Summary(run.Detected),
            ["reconstructed_features"] = Summary(run.Reconstructed),
        },
        ["reconstruction_statistics"] = ReconstructionPart(run),
        ["camera_errors"] = Cameras(run),
        ["rig_errors"] = new JsonObject(),
        ["gps_errors"] = Errors(run.Gps),
        ["gcp_errors"] = Errors(run.ErrorsOfControl(checkPoints: false)),
        ["3d_errors"] = new JsonObject(),
        ["check_point_errors"] = Errors(run.ErrorsOfControl(checkPoints: true)),
        ["point_cloud_statistics"] = CloudStatisticsJson.Of(run.Cloud),
        ["odm_processing_statistics"] = Odm(run),
        ["elevation_statistics"] = new JsonObject(run.Elevation.Select(model => KeyValuePair.Create(model.Key, (JsonNode?)Elevation(model)))),
        ["overlap_statistics"] = new JsonObject(run.OverlapShares.Select((share, i) =>
            KeyValuePair.Create(Label(i, run.OverlapShares.Count), (JsonNode?)JsonValue.Create(share)))),
        ["unplaced_shots"] = new JsonArray(
            [.. run.Unplaced.Select(photo => new JsonObject { ["filename"] = photo.ImageName, ["reason"] = photo.Reason })]),
    };

    private static JsonObject Processing(RunStatistics run) => new()
    {
        ["steps_times"] = new JsonObject
        {
            ["Feature Extraction"] = run.SecondsOf(StageNames.ExtractFeatures),
            ["Features Matching"] = run.SecondsOf(StageNames.MatchFeatures),
            // A part of the reconstruction here, and not timed alone.
            ["Tracks Merging"] = -1,
            ["Reconstruction"] = run.SecondsOf(StageNames.Reconstruct),
            ["Total Time"] = run.SecondsOf(StageNames.ExtractFeatures, StageNames.MatchFeatures, StageNames.Reconstruct),
        },
        ["stage_times"] = new JsonObject(run.Stages.Select(stage => KeyValuePair.Create(stage.Name, (JsonNode?)JsonValue.Create(stage.Seconds)))),
        ["date"] = Date(run.WrittenAt),
        ["start_date"] = Date(run.FirstCapture),
        ["end_date"] = Date(run.LastCapture),
        ["area"] = run.CameraArea,
        ["surveyed_area"] = run.SurveyedArea,
    };

    private static JsonObject ReconstructionPart(RunStatistics run) => new()
    {
        ["components"] = run.Components,
        ["has_gps"] = run.Gps is not null,
        ["has_gcp"] = run.ControlPoints.Count > 0,
        ["initial_points_count"] = run.InitialPoints,
        ["initial_shots_count"] = run.PhotosGiven,
        ["reconstructed_points_count"] = run.Points,
        ["reconstructed_shots_count"] = run.PhotosPlaced,
        ["initial_observations_count"] = run.InitialObservations,
        ["observations_count"] = run.Observations,
        ["average_track_length"] = run.Tracks.Mean,
        ["average_track_length_over_two"] = run.Tracks.MeanOverTwo,
        ["histogram_track_length"] = new JsonObject(run.Tracks.Counts.Select(entry =>
            KeyValuePair.Create(entry.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)JsonValue.Create(entry.Value)))),
        ["reprojection_error_normalized"] = run.Normalized.Mean,
        ["reprojection_error_pixels"] = run.Pixels.Mean,
        ["reprojection_error_angular"] = run.Angular.Mean,
        ["reprojection_error_pixels_median"] = run.Pixels.Median,
        ["reprojection_error_pixels_rms"] = run.Pixels.RootMeanSquare,
        ["reprojection_error_pixels_p90"] = run.Pixels.Percentile90,
        ["reprojection_error_pixels_p99"] = run.Pixels.Percentile99,
        ["reprojection_error_pixels_max"] = run.Pixels.Maximum,
        ["reprojection_histogram_normalized"] = HistogramOf(run.Normalized),
        ["reprojection_histogram_pixels"] = HistogramOf(run.Pixels),
        ["reprojection_histogram_angular"] = HistogramOf(run.Angular),
    };

    private static JsonObject Cameras(RunStatistics run)
    {
        var cameras = new JsonObject();
        foreach (CameraCalibration camera in run.Cameras)
        {
            cameras["v2 " + camera.Id] = new JsonObject
            {
                ["initial_values"] = camera.Initial is null ? new JsonObject() : Lens(camera.Initial),
                ["optimized_values"] = Lens(camera.Optimised),
                // The frame of the positions and that of the adjustment are one: nothing is left between them.
                ["bias"] = new JsonObject
                {
                    ["rotation"] = new JsonArray(0.0, 0.0, 0.0),
                    ["translation"] = new JsonArray(0.0, 0.0, 0.0),
                    ["scale"] = 1.0,
                },
            };
        }

        return cameras;
    }

    private static JsonObject Lens(Camera camera) => new(
        CameraCalibration.Parameters(camera).Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)JsonValue.Create(entry.Value))));

    private static JsonObject Errors(PositionErrors? errors) => errors is null ? [] : new JsonObject
    {
        ["mean"] = Axes(errors.Mean),
        ["std"] = Axes(errors.Deviation),
        ["error"] = Axes(errors.RootMeanSquare),
        ["average_error"] = errors.AverageDistance,
        ["ce90"] = errors.Ce90,
        ["le90"] = errors.Le90,
    };

    private static JsonObject Odm(RunStatistics run)
    {
        var span = TimeSpan.FromSeconds(run.TotalSeconds);
        return new JsonObject
        {
            ["total_time"] = run.TotalSeconds,
            ["total_time_human"] = string.Create(
                CultureInfo.InvariantCulture, $"{(int)span.TotalHours}h:{span.Minutes}m:{span.Seconds + (span.Milliseconds / 1000.0):0.0}s"),
            ["average_gsd"] = 100 * run.GsdMetres,
        };
    }

    private static JsonObject Elevation(ElevationModel model) => new()
    {
        ["cells"] = model.Summary.Cells,
        ["cell_size"] = model.Summary.CellMetres,
        ["measured"] = model.Summary.Measured,
        ["filled"] = model.Summary.Filled,
        ["minimum"] = model.Summary.Lowest,
        ["maximum"] = model.Summary.Highest,
        ["average"] = model.Summary.Mean,
        ["stddev"] = model.Summary.Deviation,
    };

    private static JsonObject Axes(Vector3D v) => new() { ["x"] = v.X, ["y"] = v.Y, ["z"] = v.Z };

    private static JsonObject Summary(CountSummary counts) => new()
    {
        ["min"] = counts.Minimum,
        ["max"] = counts.Maximum,
        ["mean"] = counts.Mean,
        ["median"] = counts.Median,
    };

    private static JsonArray HistogramOf(ErrorDistribution errors) =>
    [
        new JsonArray([.. errors.Histogram.Counts.Select(count => JsonValue.Create((double)count))]),
        new JsonArray([.. errors.Histogram.Edges.Select(edge => JsonValue.Create(edge))]),
    ];

    private static string Label(int index, int classes) =>
        (index + 1).ToString(CultureInfo.InvariantCulture) + (index + 1 == classes ? "+" : "");

    private static string Date(DateTimeOffset? time) =>
        time is { } known ? known.ToString("dd/MM/yyyy 'at' HH:mm:ss", CultureInfo.InvariantCulture) : "unknown";
}
