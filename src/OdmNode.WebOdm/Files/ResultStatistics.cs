using System.Text.Json;

namespace OdmNode.WebOdm.Files;

/// <summary>What the report of a run says in short; null where it does not say it.</summary>
public sealed record ResultStatistics
{
    private const string Report = "odm_report/stats.json";
    private const int MostBytes = 16 << 20;

    /// <summary>Points of the cloud.</summary>
    public long? Points { get; init; }

    /// <summary>Mean ground sampling distance, centimetres for a pixel.</summary>
    public double? GroundSampling { get; init; }

    /// <summary>Square metres.</summary>
    public double? Area { get; init; }

    /// <summary>When the first photo was taken, as the report writes it.</summary>
    public string? StartDate { get; init; }

    /// <summary>When the last one was.</summary>
    public string? EndDate { get; init; }

    /// <summary>Whether positions of the photos had a part in the placing.</summary>
    public bool HasGps { get; init; }

    /// <summary>Whether control points had.</summary>
    public bool HasControlPoints { get; init; }

    /// <summary>Reads the report in a set of results, of whatever engine.</summary>
    /// <returns>Null without a report that can be read: it is no reason to fail.</returns>
    public static ResultStatistics? Read(string results)
    {
        try
        {
            if (RawAssets.Find(ResultFolder.Assets(results), Report) is not { } path || new FileInfo(path).Length > MostBytes)
            {
                return null;
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Of(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ResultStatistics Of(JsonElement report)
    {
        var run = Part(report, "processing_statistics");
        var placing = Part(report, "reconstruction_statistics");
        return new ResultStatistics
        {
            Points = Part(Part(report, "point_cloud_statistics"), "stats") is { } cloud && Part(cloud, "statistic") is { ValueKind: JsonValueKind.Array } axes
                && axes.GetArrayLength() > 0 ? (long?)Number(axes[0], "count") : null,
            GroundSampling = Number(Part(report, "odm_processing_statistics"), "average_gsd"),
            Area = Number(run, "area"),
            StartDate = Text(run, "start_date"),
            EndDate = Text(run, "end_date"),
            HasGps = Part(placing, "has_gps") is { ValueKind: JsonValueKind.True },
            HasControlPoints = Part(placing, "has_gcp") is { ValueKind: JsonValueKind.True },
        };
    }

    private static JsonElement? Part(JsonElement? whole, string name) =>
        whole is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var part) ? part : null;

    private static double? Number(JsonElement? whole, string name) =>
        Part(whole, name) is { ValueKind: JsonValueKind.Number } number && double.IsFinite(number.GetDouble()) ? number.GetDouble() : null;

    private static string? Text(JsonElement? whole, string name) => Part(whole, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
