using System.Text.Json;
using System.Text.Json.Serialization;

namespace OdmNode.Api.NodeOdm.Wire;

/// <summary>One entry of <c>/options</c>: exactly these five keys, because clients refuse others.</summary>
internal sealed record OptionWire(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("value")] string Value,
    [property: JsonPropertyName("domain")] JsonElement Domain,
    [property: JsonPropertyName("help")] string Help);
