using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace OdmNode.Api.Web;

/// <summary>The pages of the node and the description of its protocol. Nobody needs a token to see them.</summary>
public static class WebPage
{
    /// <summary>What the pages may load and call: this node and nothing else.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <summary>Answered where the program was built without the page.</summary>
    private const string Placeholder =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>OdmNode</title>\n</head>\n<body>\n"
        + "<h1>OdmNode</h1>\n<p>The node is running. Its page is missing: the folder <code>wwwroot</code> beside the program "
        + "is made by <code>make build</code>.</p>\n</body>\n</html>\n";

    private const string Revalidate = "public, max-age=0";
    private const string Immutable = "public, max-age=31536000, immutable";

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <summary>Maps <c>/</c>, <c>/map</c>, what the pages consist of, and <c>/swagger.json</c>.</summary>
    /// <param name="routes">The node's routes.</param>
    /// <param name="folder">Where the built pages lie; read with every request, so that they may be absent.</param>
    public static void MapWebPage(this IEndpointRouteBuilder routes, string folder)
    {
        var page = routes.MapGroup(string.Empty).ExcludeFromDescription();
        page.MapMethods("/", Read, (HttpResponse response) => Page(response, Path.Combine(folder, "index.html")));
        page.MapMethods("/map", Read, (HttpResponse response) => Page(response, Path.Combine(folder, "map.html")));
        foreach (var name in (string[])["favicon.svg", "licenses.txt"])
        {
            page.MapMethods("/" + name, Read, (HttpResponse response) => Send(response, Path.Combine(folder, name), Revalidate));
        }

        // The names of these files carry a hash of their content.
        page.MapMethods("/assets/{name}", Read, (string name, HttpResponse response) => name == Path.GetFileName(name)
            ? Send(response, Path.Combine(folder, "assets", name), Immutable)
            : TypedResults.NotFound());
        page.MapMethods("/swagger.json", Read, ApiDescription.Answer);
    }

    private static IResult Page(HttpResponse response, string file)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        return File.Exists(file)
            ? Send(response, file, Revalidate)
            : TypedResults.Text(Placeholder, "text/html; charset=utf-8");
    }

    private static IResult Send(HttpResponse response, string path, string caching)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return TypedResults.NotFound();
        }

        var type = ContentTypes.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        response.Headers.CacheControl = caching;
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.PhysicalFile(
            file.FullName,
            type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type,
            fileDownloadName: null,
            file.LastWriteTimeUtc,
            new EntityTagHeaderValue($"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\""),
            enableRangeProcessing: true);
    }
}
