using OdmNode.Core.Options;

namespace OdmNode.Hosting.Engines;

/// <summary>The options of the test mode: those of ODM 3.0.4, which the tests of clients were written for.</summary>
internal static class TestCatalogue
{
    private static readonly HashSet<string> Absent =
        new(StringComparer.Ordinal) { "matcher-order", "sfm-no-partial", "merge-skip-blending", "gps-z-offset" };

    private static readonly Dictionary<string, OptionDefinition> Following = new(StringComparer.Ordinal)
    {
        ["pc-skip-geometric"] = Flag("pc-tile", "Work on the point cloud in tiles, to save memory."),
        ["texturing-skip-global-seam-leveling"] = Flag("texturing-skip-local-seam-leveling", "Leave out the blending of colours along seams."),
    };

    /// <summary>The list, in that engine's order.</summary>
    public static OptionCatalogue Options { get; } = new([.. OptionCatalogue.BuiltIn.Definitions
        .Where(definition => !Absent.Contains(definition.Name))
        .SelectMany(definition => Following.TryGetValue(definition.Name, out var next) ? [Adapt(definition), next] : new[] { Adapt(definition) })]);

    private static OptionDefinition Adapt(OptionDefinition definition) => definition.Name switch
    {
        "feature-type" => Without(definition, "dspsift") with { Default = "sift" },
        "camera-lens" => Without(definition, "fisheye_opencv"),
        "max-concurrency" => definition with { Default = "4" },
        "pc-filter" => definition with { Default = "2.5" },
        "gps-accuracy" => definition with { Default = "10" },
        _ => definition,
    };

    private static OptionDefinition Without(OptionDefinition definition, string choice) =>
        definition with { Domain = OptionDomain.OneOf([.. definition.Domain.Choices!.Where(other => other != choice)]) };

    private static OptionDefinition Flag(string name, string help) => new(name, OptionType.Flag, "false", OptionDomain.InWords(string.Empty), help);
}
