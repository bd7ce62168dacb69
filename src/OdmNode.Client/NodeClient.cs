using OdmNode.Client.Http;
using OdmNode.Client.Wire;
using OdmNode.Core.Options;

namespace OdmNode.Client;

/// <summary>One processing node that speaks the NodeODM protocol, from the caller's side. Safe for use by many threads.</summary>
/// <remarks>Each call is one request and is not repeated; what repeats and resumes lies in <c>Transfers</c> and <c>Following</c>.</remarks>
public sealed partial class NodeClient : IDisposable
{
    private readonly NodeTransport _transport;

    /// <param name="node">The node's address, such as <c>http://127.0.0.1:3000</c>; may have a path before the routes, and a token.</param>
    /// <param name="token">The node's secret; null for none, or for the one in the address.</param>
    public NodeClient(Uri node, string? token)
        : this(node, token, new NodeClientOptions())
    {
    }

    /// <inheritdoc cref="NodeClient(Uri, string?)"/>
    public NodeClient(Uri node, string? token, NodeClientOptions options) =>
        _transport = new NodeTransport(NodeAddress.Of(node), token, options);

    /// <summary>The node's address, without its token.</summary>
    public Uri Node => _transport.Node;

    /// <summary>What the node says about itself.</summary>
    /// <exception cref="NodeException">The node cannot be reached, or refuses the token.</exception>
    public Task<NodeInfo> GetInfoAsync(CancellationToken cancellationToken) =>
        _transport.GetAsync("info", null, ClientJson.Default.NodeInfo, cancellationToken);

    /// <summary>The options that the node's engine knows.</summary>
    public async Task<OptionCatalogue> GetOptionsAsync(CancellationToken cancellationToken)
    {
        var options = await _transport.GetAsync("options", null, ClientJson.Default.NodeOptionArray, cancellationToken).ConfigureAwait(false);
        return new OptionCatalogue([.. options.DistinctBy(option => option.Name).Select(option => option.ToDefinition())]);
    }

    /// <summary>How a token of this node is come by; asked for when the one at hand is refused.</summary>
    public Task<NodeAuthentication> GetAuthenticationAsync(CancellationToken cancellationToken) =>
        _transport.GetAsync("auth/info", null, ClientJson.Default.NodeAuthentication, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();
}
