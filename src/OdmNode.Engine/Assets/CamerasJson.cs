using System.Text.Json.Nodes;
using OdmNode.Geometry.Cameras;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's cameras.json: lengths in units of the longest side, the centre relative to the middle of the photo.</summary>
public static class CamerasJson
{
    public static JsonObject Of(IReadOnlyDictionary<string, BrownCamera> cameras)
    {
        ArgumentNullException.ThrowIfNull(cameras);
        var json = new JsonObject();
        foreach ((string id, BrownCamera camera) in cameras.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            double side = camera.LongestSide;
            json[id] = new JsonObject
            {
                ["projection_type"] = "brown",
                ["width"] = camera.Width,
                ["height"] = camera.Height,
                ["focal_x"] = camera.FocalX / side,
                ["focal_y"] = camera.FocalY / side,
                ["c_x"] = (camera.CenterX - (0.5 * camera.Width)) / side,
                ["c_y"] = (camera.CenterY - (0.5 * camera.Height)) / side,
                ["k1"] = camera.K1,
                ["k2"] = camera.K2,
                ["p1"] = camera.P1,
                ["p2"] = camera.P2,
                ["k3"] = camera.K3,
            };
        }

        return json;
    }

    /// <summary>Reads cameras of the kinds brown and perspective; others and damaged ones are passed over.</summary>
    public static IReadOnlyDictionary<string, BrownCamera> Read(JsonNode? json)
    {
        var cameras = new SortedDictionary<string, BrownCamera>(StringComparer.Ordinal);
        foreach ((string id, JsonNode? node) in json as JsonObject ?? [])
        {
            if (node is not JsonObject camera || Number(camera, "width") is not { } width || Number(camera, "height") is not { } height
                || (Number(camera, "focal_x") ?? Number(camera, "focal")) is not { } focalX || width < 1 || height < 1 || focalX <= 0)
            {
                continue;
            }

            double side = Math.Max(width, height);
            cameras[id.StartsWith("v2 ", StringComparison.Ordinal) ? id[3..] : id] = new BrownCamera
            {
                Width = (int)width,
                Height = (int)height,
                FocalX = focalX * side,
                FocalY = (Number(camera, "focal_y") ?? focalX) * side,
                CenterX = (0.5 * width) + ((Number(camera, "c_x") ?? 0) * side),
                CenterY = (0.5 * height) + ((Number(camera, "c_y") ?? 0) * side),
                K1 = Number(camera, "k1") ?? 0,
                K2 = Number(camera, "k2") ?? 0,
                K3 = Number(camera, "k3") ?? 0,
                P1 = Number(camera, "p1") ?? 0,
                P2 = Number(camera, "p2") ?? 0,
            };
        }

        return cameras;
    }

    private static double? Number(JsonObject camera, string name) =>
        camera.TryGetPropertyValue(name, out JsonNode? node) && node is JsonValue value && value.TryGetValue(out double number)
            ? number
            : null;
}
