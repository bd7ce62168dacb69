namespace OdmNode.Core.Options;

/// <summary>One option of the engine, as <c>/options</c> publishes it.</summary>
/// <param name="Name">Without leading dashes.</param>
/// <param name="Type">Decides how a given value is converted.</param>
/// <param name="Default">The default as text: <c>"5"</c>, <c>"false"</c>, <c>""</c>.</param>
/// <param name="Domain">Which values are allowed.</param>
/// <param name="Help">One sentence; the placeholders <c>%(default)s</c> and <c>%(choices)s</c> stay as they are.</param>
public sealed record OptionDefinition(string Name, OptionType Type, string Default, OptionDomain Domain, string Help);
