using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdmNode.Engine.Options;
using OdmNode.Engine.Running;
using OdmNode.Pipeline.Running;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's record of a run: machine, options, stages with their times and lines, how it ended.</summary>
public static class LogJson
{
    /// <param name="journal">The run so far.</param>
    /// <param name="options">As the run got them.</param>
    /// <param name="images">Photos of the data set.</param>
    /// <param name="error">Exit code and message of a failure; null for success.</param>
    /// <param name="path">File to write.</param>
    public static void Write(RunJournal journal, EngineOptionSet options, int images, (int Code, string Message)? error, string path)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(options);
        DateTimeOffset now = journal.Clock.GetUtcNow();
        var stages = new JsonArray();
        foreach (StageEntry stage in journal.Stages)
        {
            var entry = new JsonObject { ["name"] = stage.Name, ["startTime"] = Time(stage.StartedAt) };
            if (stage is { FinishedAt: { } finished, Result: { } result })
            {
                entry["endTime"] = Time(finished);
                entry["totalTime"] = Math.Round(result.Seconds, 3);
                entry["totalTimeWhenComputed"] = Math.Round(result.SecondsWhenMade, 3);
                entry["units"] = result.Units;
                entry["unitsComputed"] = result.Computed;
            }

            entry["messages"] = new JsonArray(
                [.. stage.Messages.Select(line => new JsonObject { ["message"] = line.Text, ["type"] = line.Kind })]);
            stages.Add(entry);
        }

        var all = new JsonObject();
        foreach ((string name, string json) in options.Values.OrderBy(option => option.Key, StringComparer.Ordinal))
        {
            if (name != EngineOptionSet.GpsAccuracyGiven)
            {
                all[name] = JsonNode.Parse(json);
            }
        }

        var log = new JsonObject
        {
            ["odmVersion"] = ProductVersion.Text,
            ["memory"] = new JsonObject
            {
                ["total"] = MemoryBudget.TotalBytes() >> 20,
                ["available"] = MemoryBudget.AvailableBytes() >> 20,
                ["peakResident"] = MemoryBudget.PeakResidentBytes() >> 20,
            },
            ["cpus"] = Environment.ProcessorCount,
            ["images"] = images,
            ["options"] = all,
            ["startTime"] = Time(journal.StartedAt),
            ["endTime"] = Time(now),
            ["totalTime"] = Math.Round((now - journal.StartedAt).TotalSeconds, 3),
            ["success"] = error is null,
            ["stages"] = stages,
            ["processes"] = new JsonArray(),
        };
        if (error is { } failure)
        {
            log["error"] = new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message };
        }

        using FileStream file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, AssetJson.Indented);
        log.WriteTo(writer);
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
