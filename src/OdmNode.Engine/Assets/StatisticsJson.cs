using System.Globalization;
using System.Text.Json.Nodes;
using OdmNode.Core.Identity;
using OdmNode.Engine.Running;
using OdmNode.Engine.Stages;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's stats.json, with errors over all observations.</summary>
internal sealed record StatisticsJson
{
    private const int Bins = 30;

    public required RunJournal Journal { get; init; }

    public required Dataset Dataset { get; init; }

    public required Reconstruction Scene { get; init; }

    public required ReconstructionReport Report { get; init; }

    public required IReadOnlyList<FeaturePhoto> Features { get; init; }

    public required CloudStatistics Cloud { get; init; }

    public required ReprojectionErrors Errors { get; init; }

    /// <summary>Root mean square of estimated minus measured camera positions: east, north, up; null without positions.</summary>
    public Vector3D? GpsRmse() => Report.Residuals.Count == 0
        ? null
        : new Vector3D(Rms(0), Rms(1), Rms(2));

    public JsonObject Build() => new()
    {
        ["processing_statistics"] = Processing(),
        ["features_statistics"] = new JsonObject
        {
            ["detected_features"] = Summary([.. Features.Select(photo => photo.Features)]),
            ["reconstructed_features"] = Summary(Errors.ObservationsPerShot),
        },
        ["reconstruction_statistics"] = ReconstructionPart(),
        ["camera_errors"] = Cameras(),
        ["rig_errors"] = new JsonObject(),
        ["gps_errors"] = Gps(),
        ["gcp_errors"] = new JsonObject(),
        ["3d_errors"] = new JsonObject(),
        ["point_cloud_statistics"] = PointCloudPart(),
        ["odm_processing_statistics"] = Odm(),
    };

    private JsonObject Processing()
    {
        double[] times = [.. Dataset.Photos.Select(photo => photo.Metadata?.CaptureTime).OfType<double>()];
        Vector3D[] centers = [.. Scene.Shots.Select(shot => shot.CameraFromWorld.Center)];
        return new JsonObject
        {
            ["steps_times"] = new JsonObject
            {
                ["Feature Extraction"] = Seconds(StageNames.ExtractFeatures),
                ["Features Matching"] = Seconds(StageNames.MatchFeatures),
                ["Tracks Merging"] = 0,
                ["Reconstruction"] = Seconds(StageNames.Reconstruct),
                ["Total Time"] = Seconds(StageNames.ExtractFeatures, StageNames.MatchFeatures, StageNames.Reconstruct),
            },
            ["date"] = Journal.Clock.GetUtcNow().ToString("dd/MM/yyyy 'at' HH:mm:ss", CultureInfo.InvariantCulture),
            ["start_date"] = times.Length == 0 ? "unknown" : Date(times.Min()),
            ["end_date"] = times.Length == 0 ? "unknown" : Date(times.Max()),
            ["area"] = (centers.Max(c => c.X) - centers.Min(c => c.X)) * (centers.Max(c => c.Y) - centers.Min(c => c.Y)),
        };
    }

    private JsonObject ReconstructionPart()
    {
        var lengths = new SortedDictionary<int, int>();
        for (int point = 0; point < Scene.Points.Count; point++)
        {
            int length = Scene.Points.ObservationsOf(point).Length;
            lengths[length] = lengths.GetValueOrDefault(length) + 1;
        }

        var histogram = new JsonObject();
        foreach ((int length, int count) in lengths)
        {
            histogram[length.ToString(CultureInfo.InvariantCulture)] = count;
        }

        int over = lengths.Where(entry => entry.Key > 2).Sum(entry => entry.Value);
        return new JsonObject
        {
            ["components"] = Report.Result.Components,
            ["has_gps"] = Dataset.Georeference is not null,
            ["has_gcp"] = false,
            ["initial_points_count"] = Report.Result.InitialTracks,
            ["initial_shots_count"] = Scene.Shots.Count + Report.Unplaced.Count,
            ["reconstructed_points_count"] = Scene.Points.Count,
            ["reconstructed_shots_count"] = Scene.Shots.Count,
            ["observations_count"] = Errors.Pixels.Length,
            ["average_track_length"] = (double)Errors.Pixels.Length / Math.Max(1, Scene.Points.Count),
            ["average_track_length_over_two"] =
                lengths.Where(entry => entry.Key > 2).Sum(entry => (double)entry.Key * entry.Value) / Math.Max(1, over),
            ["histogram_track_length"] = histogram,
            ["reprojection_error_normalized"] = Mean(Errors.Normalized),
            ["reprojection_error_pixels"] = Errors.MeanPixels,
            ["reprojection_error_angular"] = Mean(Errors.Angular),
            ["reprojection_error_pixels_median"] = Errors.MedianPixels,
            ["reprojection_error_pixels_rms"] = Errors.RmsPixels,
            ["reprojection_error_pixels_p90"] = Errors.Quantile(0.9),
            ["reprojection_error_pixels_p99"] = Errors.Quantile(0.99),
            ["reprojection_histogram_normalized"] = Histogram(Errors.Normalized),
            ["reprojection_histogram_pixels"] = Histogram(Errors.Pixels),
            ["reprojection_histogram_angular"] = Histogram(Errors.Angular),
        };
    }

    private JsonObject Cameras()
    {
        IReadOnlyDictionary<string, BrownCamera> start = CamerasJson.Read(JsonNode.Parse(Report.Start));
        var cameras = new JsonObject();
        foreach ((string id, BrownCamera camera) in Scene.Cameras.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            cameras["v2 " + id] = new JsonObject
            {
                ["initial_values"] = start.TryGetValue(id, out BrownCamera? initial) ? Lens(initial) : new JsonObject(),
                ["optimized_values"] = Lens(camera),
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

    private JsonObject Gps()
    {
        if (GpsRmse() is not { } rmse)
        {
            return [];
        }

        double[] plan = [.. Report.Residuals.Values.Select(r => Math.Sqrt((r[0] * r[0]) + (r[1] * r[1]))).Order()];
        double[] height = [.. Report.Residuals.Values.Select(r => Math.Abs(r[2])).Order()];
        double[] mean = [.. Enumerable.Range(0, 3).Select(axis => Report.Residuals.Values.Average(r => r[axis]))];
        double[] deviation = [.. Enumerable.Range(0, 3).Select(axis => Math.Sqrt(Math.Max(0, Math.Pow(Rms(axis), 2) - (mean[axis] * mean[axis]))))];
        return new JsonObject
        {
            ["mean"] = Axes(mean[0], mean[1], mean[2]),
            ["std"] = Axes(deviation[0], deviation[1], deviation[2]),
            ["error"] = Axes(rmse.X, rmse.Y, rmse.Z),
            ["average_error"] = Report.Residuals.Values.Average(r => Math.Sqrt((r[0] * r[0]) + (r[1] * r[1]) + (r[2] * r[2]))),
            ["ce90"] = plan[Math.Min(plan.Length - 1, (int)(0.9 * plan.Length))],
            ["le90"] = height[Math.Min(height.Length - 1, (int)(0.9 * height.Length))],
        };
    }

    private JsonObject PointCloudPart()
    {
        var statistics = new JsonArray();
        var box = new JsonObject();
        string[] names = ["X", "Y", "Z"];
        for (int axis = 0; axis < 3; axis++)
        {
            statistics.Add(new JsonObject
            {
                ["name"] = names[axis],
                ["position"] = axis,
                ["count"] = Cloud.Count,
                ["minimum"] = Cloud.Minimum[axis],
                ["maximum"] = Cloud.Maximum[axis],
                ["average"] = Cloud.Sum[axis] / Cloud.Count,
            });
            string letter = names[axis].ToLowerInvariant();
            box["min" + letter] = Cloud.Minimum[axis];
            box["max" + letter] = Cloud.Maximum[axis];
        }

        return new JsonObject
        {
            ["stats"] = new JsonObject
            {
                ["bbox"] = new JsonObject { ["native"] = new JsonObject { ["bbox"] = box } },
                ["statistic"] = statistics,
            },
            ["dense"] = true,
        };
    }

    private JsonObject Odm()
    {
        double total = Journal.SecondsInAll();
        var span = TimeSpan.FromSeconds(total);
        return new JsonObject
        {
            ["total_time"] = total,
            ["total_time_human"] = string.Create(
                CultureInfo.InvariantCulture, $"{(int)span.TotalHours}h:{span.Minutes}m:{span.Seconds + (span.Milliseconds / 1000.0):0.0}s"),
            ["average_gsd"] = 100 * Report.GsdMetres,
        };
    }

    private double Seconds(params ReadOnlySpan<string> stages) => Math.Round(Journal.SecondsOf(stages), 3);

    private double Rms(int axis) => Math.Sqrt(Report.Residuals.Values.Average(r => r[axis] * r[axis]));

    private static JsonObject Lens(BrownCamera camera) => new()
    {
        ["k1"] = camera.K1,
        ["k2"] = camera.K2,
        ["k3"] = camera.K3,
        ["p1"] = camera.P1,
        ["p2"] = camera.P2,
        ["focal"] = camera.FocalX / camera.LongestSide,
        ["aspect_ratio"] = camera.FocalY / camera.FocalX,
        ["cx"] = (camera.CenterX - (0.5 * camera.Width)) / camera.LongestSide,
        ["cy"] = (camera.CenterY - (0.5 * camera.Height)) / camera.LongestSide,
    };

    private static JsonObject Axes(double x, double y, double z) => new() { ["x"] = x, ["y"] = y, ["z"] = z };

    private static JsonObject Summary(int[] counts)
    {
        int[] sorted = [.. counts.Order()];
        return new JsonObject
        {
            ["min"] = sorted[0],
            ["max"] = sorted[^1],
            ["mean"] = (int)Math.Round(sorted.Average()),
            ["median"] = sorted[sorted.Length / 2],
        };
    }

    private static double Mean(double[] values) => values.Length == 0 ? 0 : values.Average();

    /// <summary>Counts and bin edges, from 0 to the largest value.</summary>
    private static JsonArray Histogram(double[] values)
    {
        double top = values.Length == 0 ? 1 : Math.Max(values.Max(), double.Epsilon);
        var counts = new int[Bins];
        foreach (double value in values)
        {
            counts[Math.Min(Bins - 1, (int)(Bins * value / top))]++;
        }

        return
        [
            new JsonArray([.. counts.Select(count => JsonValue.Create((double)count))]),
            new JsonArray([.. Enumerable.Range(0, Bins + 1).Select(i => JsonValue.Create(top * i / Bins))]),
        ];
    }

    private static string Date(double seconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)(1000 * seconds))
        .ToString("dd/MM/yyyy 'at' HH:mm:ss", CultureInfo.InvariantCulture);
}
