namespace OdmNode.Client;

/// <summary>Where a node answers.</summary>
/// <param name="Root">The folder of its routes: with a trailing slash, without query; may have a path before the routes.</param>
/// <param name="Token">The secret that came with the address; null where none did.</param>
public sealed record NodeAddress(Uri Root, string? Token)
{
    private const int SecurePort = 443;

    /// <summary>Reads what people write: <c>host:3000</c>, <c>https://host/nodes/a</c>, <c>http://host:3000/?token=secret</c>.</summary>
    /// <returns>Null when the text is no address. Without a scheme port 443 means https, as clients of the protocol have it.</returns>
    public static NodeAddress? TryParse(string text)
    {
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? text : "http://" + text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return null;
        }

        return Of(!hasScheme && address.Port == SecurePort ? new UriBuilder(address) { Scheme = "https" }.Uri : address);
    }

    /// <summary>Takes an address apart.</summary>
    public static NodeAddress Of(Uri address)
    {
        var root = new UriBuilder(address) { Query = string.Empty, Fragment = string.Empty, Path = address.AbsolutePath.TrimEnd('/') + "/" };
        var token = address.Query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("token=", StringComparison.Ordinal));
        return new NodeAddress(root.Uri, token is { Length: > 6 } ? Uri.UnescapeDataString(token[6..]) : null);
    }
}
