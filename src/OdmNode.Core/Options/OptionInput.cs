using System.Text.Json;

namespace OdmNode.Core.Options;

/// <summary>An option as somebody gave it, before conversion.</summary>
/// <param name="Name">Without leading dashes; may be unknown to the engine.</param>
/// <param name="Value">As given; <see cref="JsonValueKind.Undefined"/> where no value was given.</param>
public readonly record struct OptionInput(string Name, JsonElement Value)
{
    /// <summary>An option given as text, as on a command line.</summary>
    public static OptionInput FromText(string name, string text) => new(name, OptionJson.FromText(text));
}
