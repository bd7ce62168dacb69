using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OdmNode.Api.Http;
using OdmNode.Api.NodeOdm;
using OdmNode.Tasks.Queue;

namespace OdmNode.Api.Auth;

/// <summary>The shared secret of a node: the query parameter <c>token</c> and nothing else.</summary>
internal static class TokenFilter
{
    /// <summary>True when no token is configured, or the request carries exactly that one, once.</summary>
    public static bool IsAllowed(NodeSettings settings, IQueryCollection query) =>
        string.IsNullOrEmpty(settings.Token)
        || (query["token"] is { Count: 1 } given
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[0] ?? string.Empty), Encoding.UTF8.GetBytes(settings.Token)));

    /// <summary>Refuses a request without the token before its body is read.</summary>
    public static ValueTask<object?> RequireTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, NodeSettings settings) =>
        IsAllowed(settings, context.HttpContext.Request.Query)
            ? next(context)
            : ValueTask.FromResult<object?>(Answers.Error(NodeOdmTexts.WrongToken));
}
