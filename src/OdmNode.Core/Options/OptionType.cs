namespace OdmNode.Core.Options;

/// <summary>The declared type of an engine option; <c>/options</c> names them int, float, string, bool and enum.</summary>
public enum OptionType
{
    WholeNumber,
    Number,
    Text,
    Flag,
    Choice,
}
