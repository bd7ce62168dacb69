using System.Text.Json;

namespace OdmNode.ConformanceTests.WebOdm;

/// <summary>An answer of the WebODM face.</summary>
internal sealed record WebAnswer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>The header; null when it is absent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>Status and body, to be compared at once.</summary>
    public (int Status, string Text) Both => (Status, Text);
}
