namespace OdmNode.Client;

/// <summary>Why a node did not do what it was asked.</summary>
public enum NodeErrorKind
{
    /// <summary>No connection, a time-out, or an answer that breaks off: trying again may help.</summary>
    Unreachable,

    /// <summary>The node, or a proxy before it, is in trouble (status 408, 429, 5xx): trying again may help.</summary>
    ServerError,

    /// <summary>The token is missing or wrong.</summary>
    WrongToken,

    /// <summary>The node does not serve this caller, whatever the token.</summary>
    Forbidden,

    /// <summary>The node knows no such task or upload.</summary>
    NotFound,

    /// <summary>The node refused the request.</summary>
    Refused,

    /// <summary>Whatever answers is no node of this protocol, or lacks this part of it.</summary>
    NotANode,
}
