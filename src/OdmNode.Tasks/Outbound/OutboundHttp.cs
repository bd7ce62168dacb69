using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace OdmNode.Tasks.Outbound;

/// <summary>HTTP requests to addresses that clients name.</summary>
internal static class OutboundHttp
{
    /// <summary>
    /// A handler that follows no redirects and holds every connection to <see cref="AddressPolicy"/> when it is made, so that no
    /// name server can get around it.
    /// </summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = ConnectAsync,
    };

    /// <summary>True for http and https.</summary>
    public static bool IsHttp(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    /// <summary>A request; a name and password in the address are sent as credentials, as other clients do.</summary>
    public static HttpRequestMessage CreateRequest(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        if (address.UserInfo.Length > 0)
        {
            var pair = Uri.UnescapeDataString(address.UserInfo);
            var whole = address.UserInfo.Contains(':') ? pair : pair + ":";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(whole)));
        }

        return request;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var failure = ConnectionFailure.OfPolicy(host);
        foreach (var address in await ResolveAsync(host, cancellationToken).ConfigureAwait(false))
        {
            if (!AddressPolicy.Allows(address))
            {
                continue;
            }

            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                failure = ConnectionFailure.OfConnect($"{address}:{port}", exception);
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure;
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            throw ConnectionFailure.OfName(host, exception);
        }
    }
}
