using System.Text.RegularExpressions;

namespace OdmNode.Core.Identity;

/// <summary>The id of a task: a UUID whose letter case is kept and matters.</summary>
/// <remarks>Only values made here or accepted by <see cref="TryParse"/> exist, so an id is always a harmless folder name.</remarks>
public readonly partial record struct TaskId
{
    private TaskId(string value) => Value = value;

    /// <summary>The id as it was given.</summary>
    public string Value { get; }

    /// <summary>A new random id of version 4.</summary>
    public static TaskId New() => new(Guid.NewGuid().ToString("D"));

    /// <summary>Accepts 8-4-4-4-12 hex digits of a UUID of version 1 to 7 and the RFC's variant.</summary>
    public static bool TryParse(string? text, out TaskId id)
    {
        id = text is not null && Pattern().IsMatch(text) ? new TaskId(text) : default;
        return id.Value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-7][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}\z")]
    private static partial Regex Pattern();
}
