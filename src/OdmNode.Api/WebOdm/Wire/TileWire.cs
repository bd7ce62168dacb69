using System.Text.Json.Serialization;

namespace OdmNode.Api.WebOdm.Wire;

/// <summary>A layer of tiles, TileJSON 2.1.0.</summary>
/// <param name="TileJson">The version of TileJSON.</param>
/// <param name="Name">The task's.</param>
/// <param name="Version">The version of the layer.</param>
/// <param name="Scheme"><c>tms</c>: rows from the south; <c>xyz</c>: from the north.</param>
/// <param name="Tiles">One template, without the host.</param>
/// <param name="MinZoom">First zoom.</param>
/// <param name="MaxZoom">Last zoom.</param>
/// <param name="Bounds">West, south, east, north, degrees.</param>
internal sealed record TileJsonWire(
    [property: JsonPropertyName("tilejson")] string TileJson,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("scheme")] string Scheme,
    [property: JsonPropertyName("tiles")] string[] Tiles,
    [property: JsonPropertyName("minzoom")] int MinZoom,
    [property: JsonPropertyName("maxzoom")] int MaxZoom,
    [property: JsonPropertyName("bounds")] IReadOnlyList<double> Bounds);

/// <summary>Where a layer lies.</summary>
/// <param name="Url">The template of its tiles.</param>
/// <param name="Bounds">West, south, east, north, degrees.</param>
internal sealed record TileBoundsWire(
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("bounds")] IReadOnlyList<double> Bounds);
