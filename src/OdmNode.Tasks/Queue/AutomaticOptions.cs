using System.Text.Json;
using OdmNode.Core.Options;

namespace OdmNode.Tasks.Queue;

/// <summary>The options that a node adds so that a viewer gets a streamable point cloud, cloud-optimised rasters and a GLB model.</summary>
internal static class AutomaticOptions
{
    private static readonly string[] Names = ["pc-ept", "cog", "gltf"];

    /// <summary>The options with those added that the engine knows and the client did not name; unchanged when the client wants none.</summary>
    public static IReadOnlyList<OptionValue> Add(IReadOnlyList<OptionValue> options, bool skip, OptionCatalogue catalogue) => skip
        ? options
        : [.. options, .. Names
            .Where(name => catalogue.Find(name) is not null && options.All(option => option.Name != name))
            .Select(name => new OptionValue(name, JsonElement.Parse("true")))];
}
