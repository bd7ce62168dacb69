using System.Globalization;
using System.Text.Json;

namespace OdmNode.Core.Options;

/// <summary>The options an engine knows, in its order; converts and validates what clients give.</summary>
/// <remarks>One set of rules for the daemon, for <c>odmnode submit</c> and for the engine's own command line.</remarks>
public sealed class OptionCatalogue
{
    private readonly Dictionary<string, OptionDefinition> _byName;

    /// <param name="definitions">In the engine's order, names unique.</param>
    public OptionCatalogue(IReadOnlyList<OptionDefinition> definitions)
    {
        Definitions = definitions;
        _byName = definitions.ToDictionary(definition => definition.Name, StringComparer.Ordinal);
    }

    /// <summary>The options of the built-in engine; the default of <c>max-concurrency</c> is this machine's number of processors.</summary>
    public static OptionCatalogue BuiltIn { get; } = LoadBuiltIn();

    /// <summary>All options in the engine's order.</summary>
    public IReadOnlyList<OptionDefinition> Definitions { get; }

    /// <summary>The option of that exact name; null when there is none.</summary>
    public OptionDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The known name nearest to a mistyped one; null when nothing is near.</summary>
    public string? Suggest(string name) => NearestName.Find(name, Definitions.Select(definition => definition.Name));

    /// <summary>Converts and checks options; the first of several inputs with one name counts.</summary>
    public OptionValidation Validate(IEnumerable<OptionInput> inputs)
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var input in inputs)
        {
            if (!_byName.ContainsKey(input.Name))
            {
                unknown.Add(input.Name);
            }
            else
            {
                given.TryAdd(input.Name, input.Value);
            }
        }

        var values = new List<OptionValue>();
        var problems = new List<OptionProblem>();
        foreach (var definition in Definitions)
        {
            if (!given.TryGetValue(definition.Name, out var value))
            {
                continue;
            }

            var (converted, error) = OptionConversion.Convert(definition, value);
            if (error is not null)
            {
                problems.Add(new OptionProblem(definition.Name, error));
            }
            else if (converted.ValueKind != JsonValueKind.Undefined)
            {
                values.Add(new OptionValue(definition.Name, converted));
            }
        }

        return new OptionValidation(values, problems, unknown);
    }

    /// <summary>Reads a list as <c>/options</c> publishes it.</summary>
    /// <exception cref="FormatException">The text is no such list.</exception>
    public static OptionCatalogue Parse(string json)
    {
        try
        {
            var entries = JsonSerializer.Deserialize(json, OptionJsonContext.Default.OptionResourceArray) ?? [];
            return new OptionCatalogue([.. entries.Select(ToDefinition)]);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException($"no list of options: {exception.Message}", exception);
        }
    }

    private static OptionCatalogue LoadBuiltIn()
    {
        using var stream = typeof(OptionCatalogue).Assembly.GetManifestResourceStream("odm-options.json")!;
        using var reader = new StreamReader(stream);
        return new OptionCatalogue([.. Parse(reader.ReadToEnd()).Definitions.Select(
            definition => definition.Name == "max-concurrency"
                ? definition with { Default = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture) }
                : definition)]);
    }

    private static OptionDefinition ToDefinition(OptionResource entry) => new(
        entry.Name,
        entry.Type switch
        {
            "int" => OptionType.WholeNumber,
            "float" => OptionType.Number,
            "bool" => OptionType.Flag,
            "enum" => OptionType.Choice,
            _ => OptionType.Text,
        },
        entry.Value,
        entry.Domain.ValueKind == JsonValueKind.Array
            ? OptionDomain.OneOf([.. entry.Domain.EnumerateArray().Select(choice => choice.GetString()!)])
            : OptionDomain.InWords(entry.Domain.GetString()!),
        entry.Help);
}
