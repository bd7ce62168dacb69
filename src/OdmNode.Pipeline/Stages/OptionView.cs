using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OdmNode.Core.Hashing;

namespace OdmNode.Pipeline.Stages;

/// <summary>The options that a stage declared, and no others: reading an undeclared one is a defect that shows at once.</summary>
public sealed class OptionView
{
    private readonly SortedDictionary<string, JsonElement> values = new(StringComparer.Ordinal);

    /// <param name="declared">Names that the stage reads.</param>
    /// <param name="planning">Further names, which are not part of <see cref="Canonical"/>.</param>
    /// <param name="all">Value of every option as JSON text.</param>
    public OptionView(IEnumerable<string> declared, IEnumerable<string> planning, IReadOnlyDictionary<string, string> all)
    {
        ArgumentNullException.ThrowIfNull(declared);
        ArgumentNullException.ThrowIfNull(planning);
        ArgumentNullException.ThrowIfNull(all);
        var canonical = new StringBuilder();
        foreach (string name in declared.Order(StringComparer.Ordinal))
        {
            values[name] = Parse(name, all);
            canonical.Append(name).Append('=').Append(CanonicalJson.Of(values[name])).Append('\n');
        }

        foreach (string name in planning)
        {
            values[name] = Parse(name, all);
        }

        Canonical = canonical.ToString();
    }

    /// <summary>The declared options and their values in one fixed text: part of every key of the stage.</summary>
    public string Canonical { get; }

    public double Number(string name) => Value(name).GetDouble();

    public bool Flag(string name) => Value(name).GetBoolean();

    public string Text(string name) => Value(name).GetString() ?? "";

    public int Count(string name) => checked((int)Value(name).GetDouble());

    /// <summary>JSON text given as an option: null when it is empty.</summary>
    public JsonNode? Json(string name) => Text(name) is { Length: > 0 } text ? JsonNode.Parse(text) : null;

    private static JsonElement Parse(string name, IReadOnlyDictionary<string, string> all)
    {
        using JsonDocument document = JsonDocument.Parse(
            all.TryGetValue(name, out string? json) ? json : throw new ArgumentException($"Option '{name}' has no value."));
        return document.RootElement.Clone();
    }

    private JsonElement Value(string name) => values.TryGetValue(name, out JsonElement value)
        ? value
        : throw new InvalidOperationException($"The stage reads the option '{name}' but does not declare it.");
}
