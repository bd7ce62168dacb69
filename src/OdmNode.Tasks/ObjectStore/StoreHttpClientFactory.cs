using System.Net.Security;
using Amazon.Runtime;

namespace OdmNode.Tasks.ObjectStore;

/// <summary>Connections to a store: given up soon where nobody answers, without any limit on how long a transfer takes.</summary>
/// <param name="ignoreCertificates">The operator trusts the network, as with a store that signed its own certificate.</param>
internal sealed class StoreHttpClientFactory(bool ignoreCertificates) : HttpClientFactory
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>A store behind a name may move; its new address must be found.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(Handler()) { Timeout = Timeout.InfiniteTimeSpan };

    private SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler
        {
            // The SDK signs the request again for the place that it is sent on to.
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
        };
        if (ignoreCertificates)
        {
#pragma warning disable CA5359 // Asked for by the operator, for this store alone.
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5359
        }

        return handler;
    }
}
