using System.Globalization;
using System.Text.Json;
using OdmNode.Core.Options;

namespace OdmNode.Engine.Options;

/// <summary>The value of every option of the engine: as given, else the default.</summary>
public sealed class EngineOptionSet
{
    /// <summary>Not an option of the catalogue: true when <c>gps-accuracy</c> was given, for only then it overrides the photos.</summary>
    public const string GpsAccuracyGiven = "gps-accuracy-given";

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <param name="given">Validated options.</param>
    public EngineOptionSet(IReadOnlyList<OptionValue> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        foreach (OptionDefinition definition in OptionCatalogue.BuiltIn.Definitions)
        {
            values[definition.Name] = DefaultOf(definition);
        }

        foreach (OptionValue option in given)
        {
            values[option.Name] = option.Value.GetRawText();
        }

        values[GpsAccuracyGiven] = given.Any(option => option.Name == "gps-accuracy") ? "true" : "false";
        Given = [.. given.Select(option => option.Name)];
    }

    /// <summary>Every option as JSON text.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Names that the user gave, in the catalogue's order.</summary>
    public IReadOnlyList<string> Given { get; }

    public bool Flag(string name) => values[name] == "true";

    public string Text(string name)
    {
        using JsonDocument document = JsonDocument.Parse(values[name]);
        return document.RootElement.GetString() ?? "";
    }

    public double Number(string name) => double.Parse(values[name], CultureInfo.InvariantCulture);

    private static string DefaultOf(OptionDefinition definition) => definition.Type switch
    {
        OptionType.Flag => definition.Default,
        OptionType.WholeNumber or OptionType.Number => definition.Default,
        _ => JsonSerializer.Serialize(definition.Default, EngineJson.Default.String),
    };
}
