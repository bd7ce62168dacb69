namespace OdmNode.Core.Errors;

/// <summary>A failure with a kind and a message that tells the user what to do.</summary>
public sealed class OdmException : Exception
{
    private const int NoSpaceErrno = 28;

    /// <param name="kind">Decides the exit code and how the failure is told.</param>
    /// <param name="message">One sentence: what failed, on what, and what to do about it.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public OdmException(ErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>A failure of the disk; a full one is told without the path of the file that happened to be written.</summary>
    public static OdmException OfDisk(IOException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new OdmException(
            ErrorKind.Storage,
            exception.HResult == NoSpaceErrno
                ? "The disk is full. Make room and start again; finished work is kept."
                : $"The disk failed: {exception.Message}",
            exception);
    }

    /// <summary>Why the work cannot be done.</summary>
    public ErrorKind Kind { get; }
}
