using OdmNode.WebOdm.Tasks;

namespace OdmNode.WebOdm.Nodes;

/// <summary>A task as it is handed to a node.</summary>
public sealed record NodeOrder
{
    /// <summary>The id that the task shall have there.</summary>
    public required string Uuid { get; init; }

    /// <summary>May be empty.</summary>
    public required string Name { get; init; }

    /// <summary>As the client gave them; the node adds what the assets need.</summary>
    public required IReadOnlyList<WebTaskOption> Options { get; init; }

    /// <summary>Paths of all files; their names differ.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>True when an earlier attempt under the same id was cut off.</summary>
    public bool IsRepeat { get; init; }
}
