using System.Text.Json.Nodes;
using OdmNode.Engine.Inputs;
using OdmNode.Engine.Stages;
using OdmNode.Imaging.Metadata;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's ground_control_points.geojson: where each point was surveyed, how far off it came out, and its marks.</summary>
internal static class ControlPointsGeoJson
{
    public static JsonObject Of(IReadOnlyList<ControlRecord> errors, Dataset dataset)
    {
        Dictionary<string, SurveyedPoint> surveyed = dataset.ControlPoints.ToDictionary(point => point.Name, StringComparer.Ordinal);
        var features = new JsonArray();
        foreach (ControlRecord point in errors)
        {
            SurveyedPoint place = surveyed[point.Name];
            features.Add(new JsonObject
            {
                ["type"] = "Feature",
                ["properties"] = new JsonObject
                {
                    ["id"] = point.Name,
                    ["observations"] = new JsonArray([.. point.Marks.Select(mark => (JsonNode)Observation(mark, dataset.Photo(mark.Image).Metadata!))]),
                    ["error"] = new JsonArray(point.Error[0], point.Error[1], point.Error[2]),
                },
                ["geometry"] = new JsonObject
                {
                    ["type"] = "Point", ["coordinates"] = new JsonArray(place.Longitude, place.Latitude, place.Height),
                },
            });
        }

        return new JsonObject { ["type"] = "FeatureCollection", ["features"] = features };
    }

    /// <summary>Places in the photo are shares of its width and height.</summary>
    private static JsonObject Observation(ControlMarkRecord mark, PhotoMetadata photo) => new()
    {
        ["shot_id"] = mark.Image,
        ["annotated"] = new JsonArray(mark.Marked[0] / photo.Width, mark.Marked[1] / photo.Height),
        ["reprojected"] = new JsonArray(mark.Reprojected[0] / photo.Width, mark.Reprojected[1] / photo.Height),
    };
}
