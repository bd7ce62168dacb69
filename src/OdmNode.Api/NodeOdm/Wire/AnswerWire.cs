using System.Text.Json.Serialization;

namespace OdmNode.Api.NodeOdm.Wire;

/// <summary>The answer to a creation, and an entry of the task list.</summary>
internal sealed record UuidWire([property: JsonPropertyName("uuid")] string Uuid);

/// <summary>An application error; <c>noRetry</c> is absent unless trying again is pointless.</summary>
internal sealed record ErrorWire(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("noRetry"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool NoRetry = false);

/// <summary>The answer to an action; <c>error</c> is absent on success.</summary>
internal sealed record SuccessWire(
    [property: JsonPropertyName("success")] bool Success,
    [property: JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null);

/// <summary>Answer of <c>/auth/info</c>; both addresses are null, not absent.</summary>
internal sealed record AuthInfoWire(
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("loginUrl")] string? LoginUrl = null,
    [property: JsonPropertyName("registerUrl")] string? RegisterUrl = null);
