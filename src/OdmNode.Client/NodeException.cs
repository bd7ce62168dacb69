namespace OdmNode.Client;

/// <summary>Why a node did not do what it was asked.</summary>
public enum NodeErrorKind
{
    /// <summary>No connection, a time-out, or an answer that breaks off: trying again may help.</summary>
    Unreachable,

    /// <summary>The token is missing or wrong.</summary>
    WrongToken,

    /// <summary>The node refused the request.</summary>
    Refused,

    /// <summary>Whatever answers is no node of this protocol.</summary>
    NotANode,
}

/// <summary>A request to a node failed.</summary>
public sealed class NodeException : Exception
{
    public NodeException(NodeErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public NodeErrorKind Kind { get; }

    /// <summary>True when the node says that trying again is pointless.</summary>
    public bool NoRetry { get; init; }
}
