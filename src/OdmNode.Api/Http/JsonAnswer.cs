using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace OdmNode.Api.Http;

/// <summary>A JSON answer with its length and a weak entity tag; 304 when the client holds it already.</summary>
internal sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var tag = $"W/\"{body.Length:x}-{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8))}\"";
        var response = httpContext.Response;
        response.Headers.ETag = tag;
        response.StatusCode = status;
        if (HttpMethods.IsGet(httpContext.Request.Method) && httpContext.Request.Headers.IfNoneMatch.Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(body, httpContext.RequestAborted).ConfigureAwait(false);
        }
    }
}
