namespace OdmNode.Engine.Inputs;

/// <summary>Files beside the photos that a run was told of, or that lie in the project folder under ODM's names.</summary>
public sealed record SurveyFiles
{
    private const string GroundControlName = "gcp_list.txt";
    private const string PositionsName = "geo.txt";

    /// <summary>Ground control points, as ODM's option <c>gcp</c>; null where there are none.</summary>
    public string? GroundControl { get; init; }

    /// <summary>Positions of photos, as ODM's option <c>geo</c>; null where there are none.</summary>
    public string? Positions { get; init; }

    /// <summary>ODM's options for files that a run is told of.</summary>
    public static IReadOnlyList<string> Options { get; } = ["gcp", "geo", "align", "split-image-groups"];

    /// <summary>Options for files that were given and that this engine makes no use of.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>The files of those options.</summary>
    /// <param name="paths">Absolute path by name of option.</param>
    public static SurveyFiles Of(IReadOnlyDictionary<string, string> paths) => new()
    {
        GroundControl = paths.GetValueOrDefault("gcp"),
        Positions = paths.GetValueOrDefault("geo"),
        Unused = [.. paths.Keys.Where(static name => name is "align" or "split-image-groups").Order(StringComparer.Ordinal)],
    };

    /// <summary>The files given, or else those in the project folder.</summary>
    public SurveyFiles In(string projectFolder) => this with
    {
        GroundControl = GroundControl ?? Existing(Path.Combine(projectFolder, GroundControlName)),
        Positions = Positions ?? Existing(Path.Combine(projectFolder, PositionsName)),
    };

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
