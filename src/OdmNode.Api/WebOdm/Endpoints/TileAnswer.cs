using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>A tile with its entity tag, which tells content and form: a client that holds it already is answered before anything is rendered.</summary>
internal sealed record TileAnswer(TileRaster Raster, TileRequest Request) : IResult
{
    /// <summary>Counts the looks that tiles had: told by the tags, so that caches drop the former one.</summary>
    private const int Look = 1;

    /// <summary>A restart of the task may change a tile, so it is asked for again, which costs little.</summary>
    private const string Caching = "private, no-cache";

    /// <summary>What is sent; null for a client that holds it.</summary>
    public TileImage? Image { get; init; }

    private string Tag => string.Create(
        CultureInfo.InvariantCulture,
        $"\"{Raster.File.Version}-{Look}-{Request.Size}{Request.Format?.ToString() ?? (Request.TakesWebp ? "W" : "A")}\"");

    /// <summary>True when the client need not be sent the tile.</summary>
    public bool IsHeldBy(HttpRequest request) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var held) && held.Any(tag => tag.Compare(new EntityTagHeaderValue(Tag), useStrongComparison: false));

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = Tag;
        response.Headers.CacheControl = Caching;
        if (Request.Format is null)
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        }

        if (Image is null)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = Image.Format switch
        {
            TileFormat.Png => "image/png",
            TileFormat.Webp => "image/webp",
            _ => "image/jpg",
        };
        response.ContentLength = Image.Content.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(Image.Content, httpContext.RequestAborted).ConfigureAwait(false);
        }
    }
}
