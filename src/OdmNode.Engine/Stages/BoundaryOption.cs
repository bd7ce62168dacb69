using System.Text.Json.Nodes;
using OdmNode.Core.Errors;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geospatial.Elevation;

namespace OdmNode.Engine.Stages;

/// <summary>The option <c>boundary</c>: GeoJSON with one polygon in longitude and latitude.</summary>
internal static class BoundaryOption
{
    /// <returns>Null when the option is not given.</returns>
    /// <exception cref="OdmException">BadInput: there is no polygon in it.</exception>
    public static CropPolygon? Read(JsonNode? json, MapFrame map)
    {
        if (json is null)
        {
            return null;
        }

        JsonArray ring = RingOf(json) ?? throw new OdmException(ErrorKind.BadInput, "The option boundary is not GeoJSON with a polygon.");
        var corners = new List<Vector2D>();
        try
        {
            foreach (JsonNode? corner in ring)
            {
                var position = new GeodeticPosition(corner![1]!.GetValue<double>(), corner[0]!.GetValue<double>(), 0);
                Vector3D point = map.Zone.FromGeodetic(position);
                corners.Add(new Vector2D(point.X, point.Y));
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentOutOfRangeException or NullReferenceException)
        {
            throw new OdmException(ErrorKind.BadInput, "The option boundary holds a corner that is not [longitude, latitude].", exception);
        }

        if (corners.Count > 3 && corners[0] == corners[^1])
        {
            corners.RemoveAt(corners.Count - 1);
        }

        return new CropPolygon(corners);
    }

    private static JsonArray? RingOf(JsonNode json)
    {
        if (json is not JsonObject value)
        {
            return null;
        }

        return value["type"]?.ToString() switch
        {
            "FeatureCollection" => (value["features"] as JsonArray)?.FirstOrDefault() is { } feature ? RingOf(feature) : null,
            "Feature" => value["geometry"] is { } geometry ? RingOf(geometry) : null,
            "Polygon" => (value["coordinates"] as JsonArray)?.FirstOrDefault() as JsonArray,
            _ => null,
        };
    }
}
