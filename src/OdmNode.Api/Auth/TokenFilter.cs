using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm;
using OdmNode.Tasks.Queue;

namespace OdmNode.Api.Auth;

/// <summary>The shared secret of a node: the query parameter <c>token</c> and nothing else, and the addresses that may use it.</summary>
internal static class TokenFilter
{
    /// <summary>Why a request is refused; null when no token is configured, or it carries exactly that one, once, from an authorised address.</summary>
    public static string? Refusal(NodeSettings settings, HttpRequest request) =>
        string.IsNullOrEmpty(settings.Token) ? null
        : request.Query["token"] is not { Count: 1 } given || !Matches(settings, given[0]) ? NodeOdmTexts.WrongToken
        : AddressRefusal(settings, request.HttpContext.Connection.RemoteIpAddress);

    /// <summary>True for the configured token; compared in constant time.</summary>
    public static bool Matches(NodeSettings settings, string? given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given ?? string.Empty), Encoding.UTF8.GetBytes(settings.Token ?? string.Empty));

    /// <summary>Refuses a request without the token before its body is read.</summary>
    public static ValueTask<object?> RequireTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, NodeSettings settings) =>
        Refusal(settings, context.HttpContext.Request) is { } refusal
            ? ValueTask.FromResult<object?>(Answers.Error(refusal))
            : next(context);

    private static string? AddressRefusal(NodeSettings settings, IPAddress? remote)
    {
        var address = remote is { IsIPv4MappedToIPv6: true } ? remote.MapToIPv4() : remote;
        return settings.AuthorizedAddresses.Count == 0 || (address is not null && settings.AuthorizedAddresses.Contains(address))
            ? null
            : NodeOdmTexts.WrongAddress;
    }
}
