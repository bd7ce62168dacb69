using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using OdmNode.WebOdm.Accounts;

namespace OdmNode.Api.WebOdm.Door;

/// <summary>Finds out who sends a request: HTTP Basic, else a token in the header, else one in the query.</summary>
internal static class CallerReader
{
    /// <returns>The caller, or why there is none.</returns>
    public static async Task<(Caller? Caller, string? Refusal)> ReadAsync(HttpContext context, UserAccounts accounts)
    {
        var words = context.Request.Headers.Authorization.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0 && IsScheme(words[0], "Basic"))
        {
            return ReadBasic(words, context, accounts);
        }

        if (words.Length > 0 && (IsScheme(words[0], "JWT") || IsScheme(words[0], "Bearer")))
        {
            return words.Length == 1 ? (null, WebOdmTexts.HeaderWithoutToken)
                : words.Length > 2 ? (null, WebOdmTexts.HeaderWithSpaces)
                : await ReadTokenAsync(words[1], isInQuery: false, accounts).ConfigureAwait(false);
        }

        var inQuery = context.Request.Query["jwt"].ToString();
        return inQuery.Length == 0
            ? (null, WebOdmTexts.NoCredentials)
            : await ReadTokenAsync(inQuery, isInQuery: true, accounts).ConfigureAwait(false);
    }

    /// <summary>Where a request comes from, as far as attempts to log in are counted.</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? string.Empty;

    private static bool IsScheme(string word, string scheme) => word.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    private static (Caller? Caller, string? Refusal) ReadBasic(string[] words, HttpContext context, UserAccounts accounts)
    {
        if (words.Length != 2 || !Base64.IsValid(words[1]))
        {
            return (null, WebOdmTexts.WrongPassword);
        }

        var text = Encoding.UTF8.GetString(Convert.FromBase64String(words[1]));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && accounts.Check(text[..colon], text[(colon + 1)..], AddressOf(context)).User is { } user
            ? (new Caller(user, QueryToken: null), null)
            : (null, WebOdmTexts.WrongPassword);
    }

    private static async Task<(Caller? Caller, string? Refusal)> ReadTokenAsync(string token, bool isInQuery, UserAccounts accounts)
    {
        var (user, refusal) = await accounts.ReadTokenAsync(token).ConfigureAwait(false);
        return user is not null
            ? (new Caller(user, isInQuery ? token : null), null)
            : (null, refusal switch
            {
                TokenRefusal.Expired => WebOdmTexts.Expired,
                TokenRefusal.NoUser => WebOdmTexts.NoUser,
                TokenRefusal.UnknownUser => WebOdmTexts.UnknownUser,
                TokenRefusal.Disabled => WebOdmTexts.Disabled,
                _ => WebOdmTexts.Damaged,
            });
    }
}
