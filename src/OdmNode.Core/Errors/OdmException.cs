namespace OdmNode.Core.Errors;

/// <summary>A failure with a kind and a message that tells the user what to do.</summary>
public sealed class OdmException : Exception
{
    /// <param name="kind">Decides the exit code and how the failure is told.</param>
    /// <param name="message">One sentence: what failed, on what, and what to do about it.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public OdmException(ErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>Why the work cannot be done.</summary>
    public ErrorKind Kind { get; }
}
