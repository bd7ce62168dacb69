using Microsoft.AspNetCore.Http;
using OdmNode.WebOdm.Accounts;

namespace OdmNode.Api.WebOdm.Door;

/// <summary>Marks endpoints that only a known user may reach.</summary>
/// <param name="unlessPublic">True where everybody may come whose task turns out to be public; <see cref="WebOdmLookup"/> decides that.</param>
internal sealed class NeedsCaller(bool unlessPublic = false)
{
    public bool UnlessPublic { get; } = unlessPublic;
}

/// <summary>Refuses a request without credentials before its body is read, and one with wrong credentials everywhere.</summary>
internal sealed class CallerCheck(RequestDelegate next, UserAccounts accounts)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeedsCaller>() is { } need)
        {
            var (caller, refusal) = await CallerReader.ReadAsync(context, accounts).ConfigureAwait(false);
            caller ??= need.UnlessPublic && refusal == WebOdmTexts.NoCredentials ? Caller.Nobody : null;
            if (caller is null)
            {
                throw WebOdmRefusalException.Detail(StatusCodes.Status403Forbidden, refusal!);
            }

            context.Features.Set(caller);
        }

        await next(context).ConfigureAwait(false);
    }
}
