using System.Text.Json;
using OdmNode.Core.Options;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Nodes;

/// <summary>The options without which an engine leaves out assets that clients of this interface expect.</summary>
internal static class AssetOptions
{
    private static readonly string[] Names = ["pc-las", "pc-csv", "orthophoto-png"];
    private static readonly JsonElement True = JsonElement.Parse("true");

    /// <summary>The options with those added that the engine knows and the client did not name.</summary>
    /// <param name="options">As the client gave them.</param>
    /// <param name="catalogue">What the engine knows; null while that is unknown, and then nothing is added.</param>
    public static IReadOnlyList<WebTaskOption> Add(IReadOnlyList<WebTaskOption> options, OptionCatalogue? catalogue) =>
    [
        .. options,
        .. Names
            .Where(name => catalogue?.Find(name) is { Type: OptionType.Flag } && options.All(option => option.Name != name))
            .Select(name => new WebTaskOption(name, True)),
    ];
}
