using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using OdmNode.Api.Http;
using OdmNode.Api.WebOdm.Door;
using OdmNode.Api.WebOdm.Wire;
using OdmNode.WebOdm.Tasks;
using OdmNode.WebOdm.Tiles;

namespace OdmNode.Api.WebOdm.Mapping;

/// <summary>Layers of tiles as map libraries read them.</summary>
internal static class TileMapping
{
    private const string TileJson = "2.1.0";
    private const string Version = "1.0.0";
    private const string Place = "/{z}/{x}/{y}";

    /// <summary>What a client may say about the look of a layer; handed on to its tiles.</summary>
    private static readonly string[] Looks = ["formula", "bands", "rescale", "color_map", "hillshade"];

    public static IResult SeedDescription(WebTask task, TileRaster raster, HttpRequest request, Caller caller) => Answer(new TileJsonWire(
        TileJson, task.Name, Version, "tms", [$"{TaskPath(task, request)}/tiles{Place}.png{Query(caller)}"], 0, raster.SeedMost, raster.Box.Degrees));

    public static IResult Description(WebTask task, TileLayer layer, TileRaster raster, HttpRequest request, Caller caller) => Answer(new TileJsonWire(
        TileJson, task.Name, Version, "xyz", [Template(task, layer, request, caller)], raster.LeastZoom, raster.MostZoom, raster.Box.Degrees));

    public static IResult Bounds(WebTask task, TileLayer layer, TileRaster raster, HttpRequest request, Caller caller) =>
        new JsonAnswer<TileBoundsWire>(new TileBoundsWire(Template(task, layer, request, caller), raster.Box.Degrees), WebOdmJson.Wire.TileBoundsWire);

    private static string Template(WebTask task, TileLayer layer, HttpRequest request, Caller caller) =>
        $"{TaskPath(task, request)}/{layer.Name}/tiles{Place}{Query(caller, request)}";

    private static string TaskPath(WebTask task, HttpRequest request) =>
        string.Create(CultureInfo.InvariantCulture, $"{request.PathBase}/api/projects/{task.Project}/tasks/{task.Id}");

    private static QueryString Query(Caller caller, HttpRequest? request = null)
    {
        var query = new QueryBuilder();
        foreach (var look in Looks)
        {
            if (request?.Query[look].ToString() is { Length: > 0 } value)
            {
                query.Add(look, value);
            }
        }

        if (caller.QueryToken is { } token)
        {
            query.Add("jwt", token);
        }

        return query.ToQueryString();
    }

    private static JsonAnswer<TileJsonWire> Answer(TileJsonWire description) => new(description, WebOdmJson.Wire.TileJsonWire);
}
