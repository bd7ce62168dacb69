using System.Net;
using System.Net.Sockets;

namespace OdmNode.Tasks.Outbound;

/// <summary>Which addresses a client may make the node connect to.</summary>
/// <remarks>
/// Clouds hand the credentials of a machine to whoever asks at a link-local address from within. Private networks and this
/// machine stay allowed: farms keep their archives there.
/// </remarks>
internal static class AddressPolicy
{
    /// <summary>Metadata services outside the link-local ranges: Amazon's over IPv6, Alibaba's, Oracle's.</summary>
    private static readonly IPAddress[] MetadataServices =
        [IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("100.100.100.200"), IPAddress.Parse("192.0.0.192")];

    /// <summary>The prefix behind which a translator reaches IPv4 addresses (RFC 6052, section 2.1).</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    private static readonly IPNetwork LinkLocal = IPNetwork.Parse("169.254.0.0/16");

    /// <summary>False for addresses that are never connected to, however they are written.</summary>
    public static bool Allows(IPAddress address)
    {
        var plain = Unwrap(address);
        return !plain.IsIPv6LinkLocal && !LinkLocal.Contains(plain) && !MetadataServices.Contains(plain);
    }

    private static IPAddress Unwrap(IPAddress address) =>
        address.AddressFamily != AddressFamily.InterNetworkV6 ? address
        : address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : Translated.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12))
        : address;
}
