using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using OdmNode.Tasks.Storage;

namespace OdmNode.Api.Http;

/// <summary>What every answer of the node has in common: cross-origin headers, preflights, the page of unknown routes, and errors told as JSON.</summary>
internal sealed partial class FrontDoor(RequestDelegate next, ILogger<FrontDoor> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            AnswerPreflight(context);
            return;
        }

        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (RequestRefusedException exception) when (!context.Response.HasStarted)
        {
            await Answers.Error(exception.Message, exception.NoRetry).ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody reads an answer.
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await Answers.Error(exception.Message).ExecuteAsync(context).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever goes wrong in one request is told to its client and logged; the node lives on.
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogRequestFailed(exception, context.Request.Method, context.Request.Path);
            await Answers.Error(StorageErrors.Describe(exception)).ExecuteAsync(context).ConfigureAwait(false);
        }
#pragma warning restore CA1031

        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status401Unauthorized })
        {
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = "unauthorized";
        }

        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed })
        {
            await AnswerUnknownRouteAsync(context).ConfigureAwait(false);
        }
    }

    private static void AnswerPreflight(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "GET,HEAD,PUT,PATCH,POST,DELETE";
        if (context.Request.Headers.AccessControlRequestHeaders is { Count: > 0 } requested)
        {
            headers.AccessControlAllowHeaders = requested;
            headers.Vary = "Access-Control-Request-Headers";
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.ContentLength = 0;
    }

    private static Task AnswerUnknownRouteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = StatusCodes.Status404NotFound;
        response.Headers.Allow = default;
        response.Headers.ContentSecurityPolicy = "default-src 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentType = "text/html; charset=utf-8";
        var text = WebUtility.HtmlEncode($"Cannot {context.Request.Method} {context.Request.Path}");
        var page = Encoding.UTF8.GetBytes(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n"
            + $"<body>\n<pre>{text}</pre>\n</body>\n</html>\n");
        response.ContentLength = page.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(page, context.RequestAborted).AsTask();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogRequestFailed(Exception exception, string method, PathString path);
}

/// <summary>Puts the front door before everything else.</summary>
public static class FrontDoorExtensions
{
    /// <summary>Must come before routing, so that unknown routes are seen.</summary>
    public static IApplicationBuilder UseNodeFrontDoor(this IApplicationBuilder application) =>
        application.UseMiddleware<FrontDoor>();
}
