using System.Globalization;
using System.Text.Json.Nodes;
using OdmNode.Engine.Stages;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Gdal;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's files of the area that was surveyed and of the one that rasters are cut to, in map coordinates.</summary>
internal static class BoundsFiles
{
    private const string Layer = "bounds";

    /// <param name="context">Of the stage that finds the area.</param>
    /// <param name="surveyed">Where there are points.</param>
    /// <param name="cropped">What the rasters are cut to.</param>
    /// <param name="cloud">Its points.</param>
    /// <param name="epsgCode">CRS of the map.</param>
    public static void Write(StageContext context, CropPolygon surveyed, CropPolygon cropped, CloudStatistics cloud, int epsgCode)
    {
        context.WriteArtefact(AssetPaths.CloudBoundary, path => AssetJson.Write(Boundary(surveyed, cloud), path));
        context.WriteArtefact(AssetPaths.BoundsGeoJson, path => AssetJson.Write(Bounds(cropped, epsgCode), path));
        context.WriteArtefact(AssetPaths.BoundsGeoPackage, path => GeoPackageWriter.Write(cropped, Layer, epsgCode, path));
    }

    /// <summary>As point-cloud info commands describe where points are.</summary>
    public static JsonObject Boundary(CropPolygon surveyed, CloudStatistics cloud) => new()
    {
        ["boundary"] = new JsonObject
        {
            ["area"] = surveyed.Area,
            ["avg_pt_per_sq_unit"] = cloud.Count / surveyed.Area,
            ["avg_pt_spacing"] = cloud.SpacingMetres,
            ["boundary"] = WellKnownText(surveyed),
            ["boundary_json"] = Polygon(surveyed),
            ["density"] = cloud.Count / surveyed.Area,
        },
        ["filename"] = Path.GetFileName(AssetPaths.CloudLaz),
    };

    public static JsonObject Bounds(CropPolygon cropped, int epsgCode) => new()
    {
        ["type"] = "FeatureCollection",
        ["name"] = Layer,
        ["crs"] = new JsonObject
        {
            ["type"] = "name",
            ["properties"] = new JsonObject { ["name"] = FormattableString.Invariant($"urn:ogc:def:crs:EPSG::{epsgCode}") },
        },
        ["features"] = new JsonArray(new JsonObject
        {
            ["type"] = "Feature",
            ["properties"] = new JsonObject(),
            ["geometry"] = Polygon(cropped),
        }),
    };

    /// <summary>As GeoJSON, the first corner repeated.</summary>
    public static JsonObject Polygon(CropPolygon polygon)
    {
        var ring = new JsonArray();
        foreach (Vector2D corner in Ring(polygon))
        {
            ring.Add(new JsonArray(corner.X, corner.Y));
        }

        return new JsonObject { ["type"] = "Polygon", ["coordinates"] = new JsonArray(ring) };
    }

    private static string WellKnownText(CropPolygon polygon) => "POLYGON (("
        + string.Join(", ", Ring(polygon).Select(corner => string.Create(CultureInfo.InvariantCulture, $"{corner.X:R} {corner.Y:R}"))) + "))";

    private static IEnumerable<Vector2D> Ring(CropPolygon polygon) => polygon.Vertices.Append(polygon.Vertices[0]);
}
