using System.Globalization;
using System.Text.Json;

namespace OdmNode.Core.Options;

/// <summary>A validated option with its converted value.</summary>
/// <param name="Name">Without leading dashes.</param>
/// <param name="Value">A JSON number for int and float, true or false for bool, the given value for string and enum.</param>
public sealed record OptionValue(string Name, JsonElement Value)
{
    /// <summary>The value as it is written on a command line.</summary>
    public string Text => OptionJson.ToText(Value);

    /// <summary>The value of a bool option.</summary>
    public bool IsTrue => Value.ValueKind == JsonValueKind.True;

    /// <summary>The value of an int or float option.</summary>
    public double Number => Value.GetDouble();

    /// <summary>The arguments that hand this option to an engine: none for false, a bare flag for true, else name and value.</summary>
    public IReadOnlyList<string> ToArguments() => Value.ValueKind switch
    {
        JsonValueKind.False => [],
        JsonValueKind.True => ["--" + Name],
        _ => ["--" + Name, Text],
    };

    /// <summary>The value as a whole number; the converted value of an int option always is one.</summary>
    public long ToInteger() => (long)Number;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}={Text}");
}
