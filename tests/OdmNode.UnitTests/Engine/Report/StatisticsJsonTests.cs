using System.Text.Json.Nodes;
using OdmNode.Core.Identity;
using OdmNode.Engine.Assets;
using OdmNode.Engine.Report.Statistics;
using OdmNode.Geometry.Linear;
using OdmNode.Sfm;

namespace OdmNode.UnitTests.Engine.Report;

public sealed class StatisticsJsonTests
{
    /// <summary>ODM's keys with their kinds: s text, n number, b truth, o object, a array.</summary>
    private static readonly (string Path, char Kind)[] Keys =
    [
        ("processing_statistics.steps_times.Feature Extraction", 'n'), ("processing_statistics.steps_times.Features Matching", 'n'),
        ("processing_statistics.steps_times.Tracks Merging", 'n'), ("processing_statistics.steps_times.Reconstruction", 'n'),
        ("processing_statistics.steps_times.Total Time", 'n'), ("processing_statistics.date", 's'), ("processing_statistics.start_date", 's'),
        ("processing_statistics.end_date", 's'), ("processing_statistics.area", 'n'),
        ("features_statistics.detected_features.min", 'n'), ("features_statistics.detected_features.max", 'n'),
        ("features_statistics.detected_features.mean", 'n'), ("features_statistics.detected_features.median", 'n'),
        ("features_statistics.reconstructed_features.median", 'n'), ("reconstruction_statistics.components", 'n'),
        ("reconstruction_statistics.has_gps", 'b'), ("reconstruction_statistics.has_gcp", 'b'),
        ("reconstruction_statistics.initial_points_count", 'n'), ("reconstruction_statistics.initial_shots_count", 'n'),
        ("reconstruction_statistics.reconstructed_points_count", 'n'), ("reconstruction_statistics.reconstructed_shots_count", 'n'),
        ("reconstruction_statistics.observations_count", 'n'), ("reconstruction_statistics.average_track_length", 'n'),
        ("reconstruction_statistics.average_track_length_over_two", 'n'), ("reconstruction_statistics.histogram_track_length.2", 'n'),
        ("reconstruction_statistics.reprojection_error_normalized", 'n'), ("reconstruction_statistics.reprojection_error_pixels", 'n'),
        ("reconstruction_statistics.reprojection_error_angular", 'n'), ("reconstruction_statistics.reprojection_histogram_normalized", 'a'),
        ("reconstruction_statistics.reprojection_histogram_pixels", 'a'), ("reconstruction_statistics.reprojection_histogram_angular", 'a'),
        ("camera_errors", 'o'), ("rig_errors", 'o'), ("gps_errors.mean.x", 'n'), ("gps_errors.std.y", 'n'), ("gps_errors.error.z", 'n'),
        ("gps_errors.average_error", 'n'), ("gps_errors.ce90", 'n'), ("gps_errors.le90", 'n'), ("gcp_errors", 'o'), ("3d_errors", 'o'),
        ("point_cloud_statistics.dense", 'b'), ("point_cloud_statistics.stats.bbox.native.bbox.minx", 'n'),
        ("point_cloud_statistics.stats.statistic", 'a'), ("odm_processing_statistics.total_time", 'n'),
        ("odm_processing_statistics.total_time_human", 's'), ("odm_processing_statistics.average_gsd", 'n'),
    ];

    [Fact]
    public void Every_key_of_ODM_is_there_with_its_kind()
    {
        JsonObject json = StatisticsJson.Of(SampleRun.Georeferenced);
        Assert.All(Keys, key => Assert.Equal((key.Path, key.Kind), (key.Path, KindOf(At(json, key.Path)))));
        JsonNode camera = json["camera_errors"]!["v2 " + SampleRun.CameraId]!;
        foreach (string part in (string[])["initial_values", "optimized_values"])
        {
            Assert.Equal(
                ["k1", "k2", "k3", "p1", "p2", "focal", "aspect_ratio", "cx", "cy"], camera[part]!.AsObject().Select(entry => entry.Key));
        }

        Assert.Equal(3, camera["bias"]!["rotation"]!.AsArray().Count);
        JsonNode cloud = json["point_cloud_statistics"]!["stats"]!["statistic"]![0]!;
        Assert.Equal(("X", 1_725_691), (cloud["name"]!.GetValue<string>(), cloud["count"]!.GetValue<long>()));
    }

    [Fact]
    public void What_is_published_holds_all_observations()
    {
        JsonNode statistics = StatisticsJson.Of(SampleRun.Georeferenced)["reconstruction_statistics"]!;
        ErrorDistribution pixels = SampleRun.Georeferenced.Pixels;
        JsonArray histogram = statistics["reprojection_histogram_pixels"]!.AsArray();
        Assert.Equal(1000, histogram[0]!.AsArray().Sum(count => count!.GetValue<double>()));
        Assert.Equal(pixels.Maximum, histogram[1]!.AsArray()[^1]!.GetValue<double>());
        Assert.Equal(pixels.Mean, statistics["reprojection_error_pixels"]!.GetValue<double>());
    }

    [Fact]
    public void A_survey_without_positions_has_empty_errors_and_unknown_times()
    {
        JsonObject json = StatisticsJson.Of(SampleRun.WithoutPositions);
        Assert.Empty(json["gps_errors"]!.AsObject());
        Assert.False(json["reconstruction_statistics"]!["has_gps"]!.GetValue<bool>());
        Assert.Equal("unknown", json["processing_statistics"]!["start_date"]!.GetValue<string>());
        Assert.Null(json["odm_processing_statistics"]!["average_gsd"]);
    }

    [Fact]
    public void A_step_that_did_not_run_took_minus_one_second()
    {
        JsonObject json = StatisticsJson.Of(SampleRun.Georeferenced with
        {
            Stages = [new StageTime(StageNames.ExtractFeatures, "opensfm", 40.4), new StageTime(StageNames.Reconstruct, "opensfm", 2.5)],
        });
        JsonNode steps = json["processing_statistics"]!["steps_times"]!;
        Assert.Equal(40.4, steps["Feature Extraction"]!.GetValue<double>());
        Assert.Equal(-1, steps["Features Matching"]!.GetValue<double>());
        Assert.Equal(-1, steps["Total Time"]!.GetValue<double>());
    }

    [Fact]
    public void Photos_that_were_not_placed_and_control_points_are_told()
    {
        JsonObject json = StatisticsJson.Of(SampleRun.Georeferenced with
        {
            Unplaced = [new UnplacedPhoto("ä.jpg", "It matches no other photo.")],
            ControlPoints = [new ControlPointError("a", false, 3, new Vector3D(3, 0, 4)), new ControlPointError("b", true, 3, new Vector3D(0, 0, 2))],
        });
        Assert.Equal("ä.jpg", json["unplaced_shots"]![0]!["filename"]!.GetValue<string>());
        Assert.Equal(188, json["reconstruction_statistics"]!["initial_shots_count"]!.GetValue<int>());
        Assert.True(json["reconstruction_statistics"]!["has_gcp"]!.GetValue<bool>());
        Assert.Equal(5, json["gcp_errors"]!["average_error"]!.GetValue<double>());
        Assert.Equal(2, json["check_point_errors"]!["average_error"]!.GetValue<double>());
    }

    private static JsonNode? At(JsonNode json, string path) => path.Split('.').Aggregate((JsonNode?)json, (node, name) => node?[name]);

    private static char KindOf(JsonNode? node) => node switch
    {
        JsonObject => 'o',
        JsonArray => 'a',
        JsonValue value when value.TryGetValue(out bool _) => 'b',
        JsonValue value when value.TryGetValue(out string? _) => 's',
        JsonValue => 'n',
        _ => '-',
    };
}
