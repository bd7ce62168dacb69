using Microsoft.Extensions.Logging;

namespace OdmNode.Hosting;

/// <summary>What the operator reads when the daemon starts and stops.</summary>
internal static partial class ServeLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Listening on {Address}, port {Port}; data in {Data}")]
    public static partial void Listening(ILogger logger, string address, int port, string data);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Everybody who reaches this port may use the node: give it a --token, or --host 127.0.0.1 for this machine alone")]
    public static partial void Open(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping; running tasks go back to the queue")]
    public static partial void Stopping(ILogger logger);
}
