using System.Text.Json.Serialization;

namespace OdmNode.Client.Wire;

/// <summary>How a token of a node is come by.</summary>
public sealed record NodeAuthentication
{
    /// <summary>A sentence for people.</summary>
    [JsonPropertyName("message")]
    public string? Message { get; init; }

    /// <summary>Where <c>{"username","password"}</c> is posted for a token; null where the node has no login.</summary>
    [JsonPropertyName("loginUrl")]
    public string? LoginUrl { get; init; }

    /// <summary>Where people register; null where they cannot.</summary>
    [JsonPropertyName("registerUrl")]
    public string? RegisterUrl { get; init; }
}
