using OdmNode.Core.Options;

namespace OdmNode.Engine.Options;

/// <summary>Options that are accepted because saved presets and clients send them, and that change nothing here.</summary>
public static class IdleOptions
{
    private static readonly Dictionary<string, string> Reasons = Build();

    /// <summary>A sentence for each given option that has no effect.</summary>
    public static IReadOnlyList<string> Explain(EngineOptionSet options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var lines = new List<string>();
        foreach (string name in options.Given)
        {
            OptionDefinition definition = OptionCatalogue.BuiltIn.Find(name)!;
            string value = options.Values[name].Trim('"');
            if (Reasons.TryGetValue(name, out string? reason) && value != definition.Default)
            {
                lines.Add($"Option {name}={value} has no effect: {reason}.");
            }
        }

        return lines;
    }

    private static Dictionary<string, string> Build()
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["feature-type"] = "the engine detects SIFT features",
            ["matcher-type"] = "pairs are matched exhaustively by a vector kernel",
            ["sfm-algorithm"] = "photos are placed incrementally",
            ["use-hybrid-bundle-adjustment"] = "the adjustment is local while the block grows as it is",
            ["no-gpu"] = "the engine runs on the processor",
            ["dsm"] = "the surface model is always made",
            ["build-overviews"] = "overviews are always made",
            ["use-3dmesh"] = "the model is always the full three-dimensional surface, and the orthophoto needs none",
        };
        string[] pending =
        [
            "radiometric-calibration", "sky-removal", "bg-removal", "3d-tiles", "video-limit", "video-resolution", "split", "split-overlap", "sm-no-align",
            "sm-cluster", "merge", "merge-skip-blending", "primary-band",
            "skip-band-alignment", "sfm-no-partial", "matcher-order",
        ];
        foreach (string name in pending)
        {
            reasons[name] = "this version does not support it";
        }

        return reasons;
    }
}
