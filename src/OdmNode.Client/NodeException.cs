using System.Net;

namespace OdmNode.Client;

/// <summary>A request to a node failed.</summary>
public sealed class NodeException : Exception
{
    public NodeException(NodeErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public NodeErrorKind Kind { get; }

    /// <summary>True when the node says that trying again is pointless.</summary>
    public bool NoRetry { get; init; }

    /// <summary>The status of the answer; null when there was none, or when it was 200 with an error inside.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>True when the same request may succeed later.</summary>
    public bool IsTransient => !NoRetry && Kind is NodeErrorKind.Unreachable or NodeErrorKind.ServerError;

    /// <summary>True when the node answered that it has no such route, as a plain node does to an extension of the protocol.</summary>
    internal bool IsMissingRoute => Kind is NodeErrorKind.NotANode or NodeErrorKind.Refused;
}
