namespace OdmNode.Tasks.Queue;

/// <summary>How a run ended, unless a request decided it before.</summary>
/// <param name="IsFailure">True when the task failed.</param>
/// <param name="Message">What clients read about a failure; null where the protocol wants silence and the console has the reason.</param>
internal readonly record struct RunVerdict(bool IsFailure, string? Message)
{
    public static RunVerdict Success => default;

    public static RunVerdict Failure(string? message) => new(true, message);
}
