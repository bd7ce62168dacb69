using System.Globalization;
using System.Text.Json;
using OdmNode.Accuracy.Measuring;

namespace OdmNode.Accuracy.Figures;

/// <summary>What one stage of <c>log.json</c> took.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="WallSeconds">By the file.</param>
/// <param name="CpuSeconds">By the watch from the outside.</param>
internal sealed record StageTime(string Name, double WallSeconds, double CpuSeconds)
{
    public static IReadOnlyList<StageTime> ReadAll(string project, EngineRun run)
    {
        using JsonDocument log = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project, "log.json")));
        var times = new List<StageTime>();
        foreach (JsonElement stage in log.RootElement.GetProperty("stages").EnumerateArray())
        {
            if (stage.TryGetProperty("endTime", out JsonElement end))
            {
                DateTimeOffset from = Time(stage.GetProperty("startTime"));
                DateTimeOffset to = Time(end);
                times.Add(new StageTime(stage.GetProperty("name").GetString()!, (to - from).TotalSeconds, run.CpuBetween(from, to)));
            }
        }

        return times;
    }

    private static DateTimeOffset Time(JsonElement element) =>
        DateTimeOffset.Parse(element.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
