using Microsoft.AspNetCore.Http;
using OdmNode.WebOdm.Accounts;

namespace OdmNode.Api.WebOdm.Door;

/// <summary>Marks endpoints that only a known user may reach.</summary>
internal sealed class NeedsCaller;

/// <summary>Refuses a request without credentials before its body is read and before anything is looked up.</summary>
internal sealed class CallerCheck(RequestDelegate next, UserAccounts accounts)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeedsCaller>() is not null)
        {
            var (caller, refusal) = await CallerReader.ReadAsync(context, accounts).ConfigureAwait(false);
            if (caller is null)
            {
                throw WebOdmRefusalException.Detail(StatusCodes.Status403Forbidden, refusal!);
            }

            context.Features.Set(caller);
        }

        await next(context).ConfigureAwait(false);
    }
}
