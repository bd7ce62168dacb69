using System.Text.Json.Nodes;
using OdmNode.Geometry.Cameras;

namespace OdmNode.Engine.Assets;

/// <summary>
/// ODM's cameras.json: lengths in units of the longest side, the centre relative to the middle of the photo. A projection type has the
/// fields that OpenSfM gives it.
/// </summary>
public static class CamerasJson
{
    public static JsonObject Of(IReadOnlyDictionary<string, Camera> cameras)
    {
        ArgumentNullException.ThrowIfNull(cameras);
        var json = new JsonObject();
        foreach ((string id, Camera camera) in cameras.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json[id] = Of(camera);
        }

        return json;
    }

    /// <summary>Reads cameras of the projection types that we know (without one, OpenSfM's perspective); others and damaged ones are passed over.</summary>
    public static IReadOnlyDictionary<string, Camera> Read(JsonNode? json)
    {
        var cameras = new SortedDictionary<string, Camera>(StringComparer.Ordinal);
        foreach ((string id, JsonNode? node) in json as JsonObject ?? [])
        {
            if (node is JsonObject entry && Read(entry) is { } camera)
            {
                cameras[id.StartsWith("v2 ", StringComparison.Ordinal) ? id[3..] : id] = camera;
            }
        }

        return cameras;
    }

    private static JsonObject Of(Camera camera)
    {
        var json = new JsonObject
        {
            ["projection_type"] = LensNames.Of(camera.Model),
            ["width"] = camera.Width,
            ["height"] = camera.Height,
        };
        double side = camera.LongestSide;
        if (camera.Model == LensModel.Spherical)
        {
            return json;
        }

        if (camera.Model is LensModel.Brown or LensModel.FisheyeOpenCv)
        {
            json["focal_x"] = camera.FocalX / side;
            json["focal_y"] = camera.FocalY / side;
            json["c_x"] = (camera.CenterX - (0.5 * camera.Width)) / side;
            json["c_y"] = (camera.CenterY - (0.5 * camera.Height)) / side;
        }
        else
        {
            json["focal"] = camera.FocalX / side;
        }

        foreach ((string name, double value) in Coefficients(camera))
        {
            json[name] = value;
        }

        return json;
    }

    /// <summary>Names and values of the distortion.</summary>
    internal static (string Name, double Value)[] Coefficients(Camera camera) => camera switch
    {
        BrownCamera { Model: LensModel.Perspective } c => [("k1", c.K1), ("k2", c.K2)],
        BrownCamera c => [("k1", c.K1), ("k2", c.K2), ("p1", c.P1), ("p2", c.P2), ("k3", c.K3)],
        FisheyeCamera { Model: LensModel.Fisheye } c => [("k1", c.K1), ("k2", c.K2)],
        FisheyeCamera { Model: LensModel.Dual } c => [("k1", c.K1), ("k2", c.K2), ("transition", c.Transition)],
        FisheyeCamera c => [("k1", c.K1), ("k2", c.K2), ("k3", c.K3), ("k4", c.K4)],
        _ => [],
    };

    private static Camera? Read(JsonObject json)
    {
        LensModel? known = json["projection_type"] is { } type
            ? LensNames.Find(type.GetValueKind() == System.Text.Json.JsonValueKind.String ? type.GetValue<string>() : null)
            : LensModel.Perspective;
        if (known is not { } model || Number(json, "width") is not { } width || Number(json, "height") is not { } height
            || width < 1 || height < 1)
        {
            return null;
        }

        if (model == LensModel.Spherical)
        {
            return Camera.Of(model, (int)width, (int)height, 0);
        }

        if ((Number(json, "focal_x") ?? Number(json, "focal")) is not { } focalX || focalX <= 0)
        {
            return null;
        }

        double side = Math.Max(width, height);
        Camera camera = Camera.Of(model, (int)width, (int)height, focalX * side) with
        {
            FocalY = (Number(json, "focal_y") ?? focalX) * side,
            CenterX = (0.5 * width) + ((Number(json, "c_x") ?? 0) * side),
            CenterY = (0.5 * height) + ((Number(json, "c_y") ?? 0) * side),
        };
        double Value(string name) => Number(json, name) ?? 0;
        return camera switch
        {
            BrownCamera brown => brown with { K1 = Value("k1"), K2 = Value("k2"), K3 = Value("k3"), P1 = Value("p1"), P2 = Value("p2") },
            FisheyeCamera fisheye => fisheye with
            {
                K1 = Value("k1"),
                K2 = Value("k2"),
                K3 = Value("k3"),
                K4 = Value("k4"),
                Transition = model == LensModel.Dual ? Number(json, "transition") ?? fisheye.Transition : 0,
            },
            _ => camera,
        };
    }

    private static double? Number(JsonObject camera, string name) =>
        camera.TryGetPropertyValue(name, out JsonNode? node) && node is JsonValue value && value.TryGetValue(out double number)
            ? number
            : null;
}
