using System.Net.Sockets;

namespace OdmNode.Tasks.Outbound;

/// <summary>A connection that did not come about, in the words that clients know from the reference node.</summary>
internal sealed class ConnectionFailure(string message, Exception? innerException = null) : IOException(message, innerException)
{
    public static ConnectionFailure OfName(string host, SocketException exception) => new($"getaddrinfo ENOTFOUND {host}", exception);

    public static ConnectionFailure OfConnect(string address, SocketException exception) =>
        new($"connect {Code(exception.SocketErrorCode)} {address}", exception);

    public static ConnectionFailure OfTimeout(Uri target) => new($"connect ETIMEDOUT {target.IdnHost}:{target.Port}");

    public static ConnectionFailure OfPolicy(string host) =>
        new($"The address {host} is never connected to: it is link-local or belongs to a cloud's metadata service");

    /// <summary>What a request failed with: the reason, without the layers around it.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        ConnectionFailure failure => failure.Message,
        { InnerException: { } inner } => Describe(inner),
        _ => exception.Message,
    };

    private static string Code(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "ECONNREFUSED",
        SocketError.ConnectionReset => "ECONNRESET",
        SocketError.TimedOut => "ETIMEDOUT",
        SocketError.HostUnreachable => "EHOSTUNREACH",
        SocketError.NetworkUnreachable => "ENETUNREACH",
        SocketError.AccessDenied => "EACCES",
        _ => error.ToString(),
    };
}
