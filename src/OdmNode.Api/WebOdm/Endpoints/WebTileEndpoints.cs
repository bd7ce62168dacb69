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
        AnswerAsync(
            context, lookup, tiles, caller, (project, task, TileLayer.Orthophoto), raster => SeedRequest(raster, TilePath.Read(z, x, y)), cancellationToken);

    public static Task<IResult> TileAsync(
        string project, string task, string type, string z, string x, string y, HttpContext context, Caller caller, WebOdmLookup lookup, MapTiles tiles, CancellationToken cancellationToken) =>
        AnswerAsync(
            context, lookup, tiles, caller, (project, task, TileLayer.Find(type)), raster => Request(raster, TilePath.Read(z, x, y), context.Request), cancellationToken);

    private static TileRequest SeedRequest(TileRaster raster, TilePath? path)
    {
        if (path is not { Format: TileFormat.Png } || path.Zoom > raster.SeedMost || !TilePath.Exists(path.Zoom, path.Column, path.Row))
        {
            throw WebOdmRefusalException.NotFound();
        }

        var north = (int)((1L << path.Zoom) - 1 - path.Row);
        return raster.Box.Meets(path.Zoom, path.Column, north)
            ? new TileRequest(path.Zoom, path.Column, north, path.IsDense ? DensePixels : Pixels, TileFormat.Png, TakesWebp: false)
            : throw WebOdmRefusalException.NotFound();
    }

    private static TileRequest Request(TileRaster raster, TilePath? path, HttpRequest request)
    {
        // Maps of tiles of 512 pixels count zooms from where a tile shows the same square.
        var isLarge = IsLarge(request);
        var zoom = isLarge ? path?.Zoom - 1 : path?.Zoom;
        if (path is null || zoom is not { } z || !TilePath.Exists(z, path.Column, path.Row))
        {
            throw WebOdmRefusalException.NotFound();
        }

        return !raster.Box.Meets(z, path.Column, path.Row) ? throw WebOdmRefusalException.Detail(StatusCodes.Status404NotFound, WebOdmTexts.OutsideOfBounds)
            : z < raster.LeastZoom || z > raster.MostZoom ? throw WebOdmRefusalException.NotFound()
            : new TileRequest(z, path.Column, path.Row, isLarge || path.IsDense ? DensePixels : Pixels, path.Format, path.Format is null && TakesWebp(request));
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        WebOdmLookup lookup,
        MapTiles tiles,
        Caller caller,
        (string Project, string Task, TileLayer? Layer) place,
        Func<TileRaster, TileRequest> read,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var found = lookup.Task(caller, place.Project, place.Task, ProjectRights.View);
            if (place.Layer is null || await tiles.FindAsync(found, place.Layer, cancellationToken).ConfigureAwait(false) is not { } raster)
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

    private static bool IsLarge(HttpRequest request) => request.Query["size"].ToString() switch
    {
        "" or "256" => false,
        "512" => true,
        _ => throw WebOdmRefusalException.List(WebOdmTexts.BadTileSize),
    };

    private static bool TakesWebp(HttpRequest request) => request.Headers.Accept.ToString().Contains("image/webp", StringComparison.OrdinalIgnoreCase);
}
