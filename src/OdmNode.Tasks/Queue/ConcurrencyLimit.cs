using System.Globalization;
using System.Text.Json;
using OdmNode.Core.Options;

namespace OdmNode.Tasks.Queue;

/// <summary>The operator's limit for the option <c>max-concurrency</c>.</summary>
internal static class ConcurrencyLimit
{
    private const string Name = "max-concurrency";

    /// <summary>A larger value becomes the limit; where the option is absent and the engine knows it, it is added at the end.</summary>
    public static IReadOnlyList<OptionValue> Apply(IReadOnlyList<OptionValue> options, int? limit, OptionCatalogue catalogue)
    {
        if (limit is not { } most || catalogue.Find(Name) is null)
        {
            return options;
        }

        var value = new OptionValue(Name, JsonElement.Parse(most.ToString(CultureInfo.InvariantCulture)));
        return options.Any(option => option.Name == Name)
            ? [.. options.Select(option => option.Name == Name && option.Number > most ? value : option)]
            : [.. options, value];
    }
}
