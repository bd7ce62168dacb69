using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OdmNode.Api.Http;
using OdmNode.Core.Errors;
using OdmNode.Tasks.Storage;
using OdmNode.WebOdm.Accounts;

namespace OdmNode.Api.WebOdm.Door;

/// <summary>What every answer below <c>/api</c> has in common: cross-origin headers, preflights, and errors in the protocol's shapes.</summary>
internal sealed partial class WebOdmDoor(RequestDelegate next, UserAccounts accounts, ILogger<WebOdmDoor> log)
{
    private const string Methods = "DELETE, GET, OPTIONS, PATCH, POST, PUT";
    private const string Headers =
        "accept, accept-encoding, authorization, content-type, dnt, origin, user-agent, x-csrftoken, x-requested-with";

    private bool _hasToldWhatLacks;

    public async Task InvokeAsync(HttpContext context)
    {
        AllowOrigin(context);
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.Headers.AccessControlAllowMethods = Methods;
            context.Response.Headers.AccessControlAllowHeaders = Headers;
            context.Response.Headers.AccessControlMaxAge = "86400";
            context.Response.ContentLength = 0;
            return;
        }

        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (WebOdmRefusalException exception) when (!context.Response.HasStarted)
        {
            await exception.Answer.ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (RequestRefusedException exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, WebOdmTexts.FormError(exception.Message)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody reads an answer.
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, exception.StatusCode, exception.Message).ConfigureAwait(false);
        }
        catch (OdmException exception) when (exception.Kind == ErrorKind.Unsupported && !context.Response.HasStarted)
        {
            // The same for every tile of a map: once in the log is enough.
            if (!Interlocked.Exchange(ref _hasToldWhatLacks, true))
            {
                LogLacking(context.Request.Path, exception.Message);
            }

            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever goes wrong in one request is told to its client and logged; the node lives on.
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogRequestFailed(exception, context.Request.Method, context.Request.Path);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, StorageErrors.Describe(exception)).ConfigureAwait(false);
        }
#pragma warning restore CA1031

        await AnswerForRoutingAsync(context).ConfigureAwait(false);
    }

    private static void AllowOrigin(HttpContext context)
    {
        context.Response.Headers.Vary = "Origin";
        if (context.Request.Headers.Origin is { Count: 1 } origin)
        {
            context.Response.Headers.AccessControlAllowOrigin = origin;
            context.Response.Headers.AccessControlAllowCredentials = "true";
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string text) => WebOdmAnswers.Detail(status, text).ExecuteAsync(context);

    /// <summary>Addresses that match nothing, and verbs that an address does not know. Who may not come in learns that first.</summary>
    private async Task AnswerForRoutingAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            return;
        }

        if (response.StatusCode == StatusCodes.Status404NotFound && context.GetEndpoint() is null)
        {
            await WebOdmAnswers.NotFound().ExecuteAsync(context).ConfigureAwait(false);
        }
        else if (response.StatusCode == StatusCodes.Status405MethodNotAllowed && response.ContentType is null)
        {
            var refusal = WebOdmFace.IsLogIn(context.Request.Path) ? null
                : (await CallerReader.ReadAsync(context, accounts).ConfigureAwait(false)).Refusal;
            if (refusal is not null)
            {
                response.Headers.Allow = default;
            }

            await (refusal is not null
                ? AnswerAsync(context, StatusCodes.Status403Forbidden, refusal)
                : AnswerAsync(context, StatusCodes.Status405MethodNotAllowed, WebOdmTexts.WrongMethod(context.Request.Method))).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} and its like cannot be served: {Reason}")]
    private partial void LogLacking(PathString path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogRequestFailed(Exception exception, string method, PathString path);
}
