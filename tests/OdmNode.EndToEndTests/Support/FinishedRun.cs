using System.Text.Json;

namespace OdmNode.EndToEndTests.Support;

/// <summary>What a run of the engine left.</summary>
/// <param name="Project">The project's folder.</param>
/// <param name="ExitCode">Of the process.</param>
/// <param name="Lines">Standard output and error.</param>
public sealed record FinishedRun(string Project, int ExitCode, IReadOnlyList<string> Lines)
{
    /// <summary>All lines, for messages of failed assertions.</summary>
    public string Console => string.Join('\n', Lines);

    public string PathOf(string relative) => Path.Combine(Project, relative.Replace('/', Path.DirectorySeparatorChar));

    public bool Has(string relative) => File.Exists(PathOf(relative));

    /// <summary>A file of JSON.</summary>
    public JsonElement Json(string relative)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathOf(relative)));
        return document.RootElement.Clone();
    }

    /// <summary>Units of each finished stage and how many of them this run computed, from log.json.</summary>
    /// <remarks>The stage that packs log.json into the archive is not finished when the file is written.</remarks>
    public IReadOnlyDictionary<string, (int Units, int Computed)> StageUnits() => Json("log.json").GetProperty("stages").EnumerateArray()
        .Where(stage => stage.TryGetProperty("units", out _)).ToDictionary(
        stage => stage.GetProperty("name").GetString()!,
        stage => (stage.GetProperty("units").GetInt32(), stage.GetProperty("unitsComputed").GetInt32()),
        StringComparer.Ordinal);

    /// <summary>A line that holds all of some words, in any case.</summary>
    public bool Says(params string[] words) =>
        Lines.Any(line => words.All(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
