using System.Net;
using System.Net.Sockets;

namespace OdmNode.Testing.Network;

/// <summary>Ports for programs that are started in a moment.</summary>
/// <remarks>
/// A port that the system gives to whoever asks for any (32768 and above on Linux) may be the near end of somebody's connection by the
/// time the program listens. These lie below, and none is given twice in a process.
/// </remarks>
public static class FreePort
{
    private const int First = 12000;
    private const int Count = 18000;

    /// <summary>Processes that look at the same time begin at different places.</summary>
    private static int given = 97 * Environment.ProcessId;

    /// <summary>A TCP port of the loopback interface on which nobody listens.</summary>
    public static int Next()
    {
        for (int attempt = 0; attempt < Count; attempt++)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref given) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("Every port is taken.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
