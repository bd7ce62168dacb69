using Microsoft.AspNetCore.Http;
using OdmNode.Api.WebOdm.Binding;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Mapping;
using OdmNode.WebOdm.Projects;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.Api.WebOdm.Endpoints;

/// <summary>Map tiles: of the orthophoto with rows from the south, as in 2017, and of every raster with rows from the north.</summary>
internal static class WebTileEndpoints
{
    private const int Pixels = 256;
    private const int DensePixels = 512;

    /// <summary>Results may be replaced by those of another run between two steps; then the new ones are shown.</summary>
    private const int Attempts = 2;

    public static async Task<IResult> SeedDescriptionAsync(
        string project, string task, HttpRequest request, Caller caller, WebOdmLookup lookup, MapTiles tiles, CancellationToken cancellationToken)
    {
        var found = lookup.Task(caller, project, task, ProjectRights.View);
        return await tiles.FindAsync(found, TileLayer.Orthophoto, cancellationToken).ConfigureAwait(false) is { } raster
            ? TileMapping.SeedDescription(found, raster, request, caller)
            : WebOdmAnswers.NotFound();
    }

    public static async Task<IResult> DescriptionAsync(
        string project, string task, string type, HttpRequest request, Caller caller, WebOdmLookup lookup, MapTiles tiles, CancellationToken cancellationToken)
    {
        var found = lookup.Task(caller, project, task, ProjectRights.View);
        return TileLayer.Find(type) is { } layer && await tiles.FindAsync(found, layer, cancellationToken).ConfigureAwait(false) is { } raster
            ? TileMapping.Description(found, layer, raster, request, caller)
            : WebOdmAnswers.NotFound();
    }

    public static async Task<IResult> BoundsAsync(
        string project, string task, string type, HttpRequest request, Caller caller, WebOdmLookup lookup, MapTiles tiles, CancellationToken cancellationToken)
    {
        var found = lookup.Task(caller, project, task, ProjectRights.View);
        return TileLayer.Find(type) is { } layer && await tiles.FindAsync(found, layer, cancellationToken).ConfigureAwait(false) is { } raster
            ? TileMapping.Bounds(found, layer, raster, request, caller)
            : WebOdmAnswers.NotFound();
    }

    public static Task<IResult> SeedTileAsync(
        string project, string task, string z, string x, string y, HttpContext context, Caller caller, WebOdmLookup lookup, MapTiles tiles, CancellationToken cancellationToken) =>
        TileAsync(context, lookup, tiles, caller, (project, task, TileLayer.Orthophoto), raster =>
        {
            var path = TilePath.Read(z, x, y);
            return path?.Format is TileFormat.Png && TilePath.Exists(path.Zoom, path.Column, path.Row) && path.Zoom <= raster.SeedMost
                && NorthRow(path) is var row && raster.Box.Meets(path.Zoom, path.Column, row)
                ? new TileRequest(path.Zoom, path.Column, row, path.IsDense ? DensePixels : Pixels, TileFormat.Png, TakesWebp: false)
                : throw WebOdmRefusalException.NotFound();
        }, cancellationToken);

    public static Task<IResult> TileAsync(
        string project, string task, string type, string z, string x, string y, HttpContext context, Caller caller, WebOdmLookup lookup, MapTiles tiles, CancellationToken cancellationToken) =>
        TileAsync(context, lookup, tiles, caller, (project, task, TileLayer.Find(type) ?? throw WebOdmRefusalException.NotFound()), raster =>
        {
            var path = TilePath.Read(z, x, y) ?? throw WebOdmRefusalException.NotFound();
            var isLarge = IsLarge(context.Request);

            // Maps of tiles of 512 pixels count zooms from where a tile shows the same square.
            var zoom = isLarge ? path.Zoom - 1 : path.Zoom;
            return !TilePath.Exists(zoom, path.Column, path.Row) ? throw WebOdmRefusalException.NotFound()
                : !raster.Box.Meets(zoom, path.Column, path.Row) ? throw WebOdmRefusalException.Detail(StatusCodes.Status404NotFound, WebOdmTexts.OutsideOfBounds)
                : zoom < raster.LeastZoom || zoom > raster.MostZoom ? throw WebOdmRefusalException.NotFound()
                : new TileRequest(
                    zoom, path.Column, path.Row, isLarge || path.IsDense ? DensePixels : Pixels, path.Format, path.Format is null && TakesWebp(context.Request));
        }, cancellationToken);

    private static async Task<IResult> TileAsync(
        HttpContext context,
        WebOdmLookup lookup,
        MapTiles tiles,
        Caller caller,
        (string Project, string Task, TileLayer Layer) place,
        Func<TileRaster, TileRequest> read,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var found = lookup.Task(caller, place.Project, place.Task, ProjectRights.View);
            if (await tiles.FindAsync(found, place.Layer, cancellationToken).ConfigureAwait(false) is not { } raster)
            {
                break;
            }

            var request = read(raster);
            var answer = new TileAnswer(raster, request);
            if (answer.IsHeldBy(context.Request))
            {
                return answer;
            }

            if (await tiles.RenderAsync(raster, request, cancellationToken).ConfigureAwait(false) is { } image)
            {
                return answer with { Image = image };
            }
        }

        return WebOdmAnswers.NotFound();
    }

    private static int NorthRow(TilePath path) => (int)((1L << path.Zoom) - 1 - path.Row);

    private static bool IsLarge(HttpRequest request) => request.Query["size"].ToString() switch
    {
        "" or "256" => false,
        "512" => true,
        _ => throw WebOdmRefusalException.List(WebOdmTexts.BadTileSize),
    };

    private static bool TakesWebp(HttpRequest request) => request.Headers.Accept.ToString().Contains("image/webp", StringComparison.OrdinalIgnoreCase);
}
