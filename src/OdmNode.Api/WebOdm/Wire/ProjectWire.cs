using System.Text.Json.Serialization;

namespace OdmNode.Api.WebOdm.Wire;

/// <summary>A project.</summary>
internal sealed record ProjectWire(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("tasks")] IReadOnlyList<long> Tasks,
    [property: JsonPropertyName("created_at")] string CreatedAt,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("permissions")] IReadOnlyList<string> Permissions,
    [property: JsonPropertyName("owned")] bool Owned);

/// <summary>Somebody who may do something in a project.</summary>
internal sealed record ProjectMemberWire(
    [property: JsonPropertyName("username")] string UserName,
    [property: JsonPropertyName("owner")] bool IsOwner,
    [property: JsonPropertyName("permissions")] IReadOnlyList<string> Permissions);

/// <summary>A page of projects.</summary>
internal sealed record ProjectPageWire(
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("next")] string? Next,
    [property: JsonPropertyName("previous")] string? Previous,
    [property: JsonPropertyName("results")] IReadOnlyList<ProjectWire> Results);
