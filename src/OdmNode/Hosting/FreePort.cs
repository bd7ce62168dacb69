using System.Net.NetworkInformation;
using OdmNode.Core.Errors;

namespace OdmNode.Hosting;

/// <summary>Finds a port that nobody listens on.</summary>
internal static class FreePort
{
    private const int First = 3000;
    private const int Last = 4999;

    /// <summary>The first free port from 3000 upwards.</summary>
    /// <exception cref="OdmException">All up to 4999 are taken.</exception>
    public static int Find()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        for (var port = First; port <= Last; port++)
        {
            if (!taken.Contains(port))
            {
                return port;
            }
        }

        throw new OdmException(ErrorKind.Unsupported, $"No port between {First} and {Last} is free; choose one with --port.");
    }
}
