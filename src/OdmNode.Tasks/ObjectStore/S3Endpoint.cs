using System.Text.RegularExpressions;

namespace OdmNode.Tasks.ObjectStore;

/// <summary>The address of a store, and what its name says about the region.</summary>
/// <param name="Url">Scheme, host and port.</param>
/// <param name="Region">The region in the host's name; null where it names none.</param>
internal sealed partial record S3Endpoint(Uri Url, string? Region)
{
    /// <summary>The region of the global endpoint, which stores without regions accept as well.</summary>
    public const string DefaultRegion = "us-east-1";

    /// <summary>Reads <c>host</c>, <c>host:port</c> (https) or an address with the scheme http or https.</summary>
    /// <returns>Null when it is none of these, or holds more than scheme, host and port.</returns>
    public static S3Endpoint? Parse(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url is { Host.Length: > 0, PathAndQuery: "/", UserInfo: "", Fragment: "" }
            ? new S3Endpoint(url, RegionOf(url.Host))
            : null;

    private static string? RegionOf(string host) => HostWithRegion().Match(host) is { Success: true } match ? match.Groups["region"].Value : null;

    /// <summary>
    /// <c>s3.eu-west-1.…</c>, <c>s3-eu-west-1.…</c>, <c>s3.dualstack.eu-west-1.…</c>, <c>s3-fips.us-gov-west-1.…</c> (Amazon);
    /// <c>s3.us-west-004.…</c>, <c>s3.fr-par.…</c> and their like of others.
    /// </summary>
    [GeneratedRegex(@"(?:\A|\.)s3(?:-fips)?(?:\.dualstack)?[.-](?<region>[a-z]{2}(?:-[a-z]+)+-[0-9]+|[a-z]{2}-[a-z]{3})\.", RegexOptions.IgnoreCase)]
    private static partial Regex HostWithRegion();
}
