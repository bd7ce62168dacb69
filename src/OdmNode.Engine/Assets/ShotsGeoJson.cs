using System.Text.Json.Nodes;
using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's shots.geojson: where each placed photo was taken.</summary>
public static class ShotsGeoJson
{
    /// <param name="reconstruction">With a map; without one the geometry holds scene coordinates.</param>
    /// <param name="captureTimes">Seconds since 1970 by image name.</param>
    public static JsonObject Of(Reconstruction reconstruction, IReadOnlyDictionary<string, double?> captureTimes)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        ArgumentNullException.ThrowIfNull(captureTimes);
        var features = new JsonArray();
        foreach (Shot shot in reconstruction.Shots)
        {
            Camera camera = reconstruction.CameraOf(shot);
            Vector3D center = shot.CameraFromWorld.Center;
            Vector3D point = center;
            Vector3D translation = center;
            Vector3D rotation = Rotations.ToAxisAngle(shot.CameraFromWorld.Rotation);
            if (reconstruction.MapFrame is { } map)
            {
                GeodeticPosition position = map.Local.ToGeodetic(center);
                point = new Vector3D(position.LongitudeDegrees, position.LatitudeDegrees, position.HeightMetres);
                translation = map.MapFromWorld(center);
                rotation = Rotations.ToAxisAngle(CameraFromMap(shot, map, translation));
            }

            features.Add(new JsonObject
            {
                ["type"] = "Feature",
                ["properties"] = new JsonObject
                {
                    ["filename"] = shot.ImageName,
                    ["camera"] = "v2 " + shot.CameraId,
                    ["focal"] = camera.FocalX / camera.LongestSide,
                    ["width"] = camera.Width,
                    ["height"] = camera.Height,
                    ["capture_time"] = captureTimes.GetValueOrDefault(shot.ImageName) ?? 0,
                    ["translation"] = Triple(translation),
                    ["rotation"] = Triple(rotation),
                },
                ["geometry"] = new JsonObject { ["type"] = "Point", ["coordinates"] = Triple(point) },
            });
        }

        return new JsonObject { ["type"] = "FeatureCollection", ["features"] = features };
    }

    /// <summary>Rotation from the axes of the map (turned against the local ones by the convergence of meridians) to the camera.</summary>
    private static Matrix3x3 CameraFromMap(Shot shot, MapFrame map, Vector3D centerInMap)
    {
        Matrix3x3 worldFromMap = map.WorldFromMapJacobian(centerInMap);
        // The map's scale and the last bits of shear are dropped: Gram-Schmidt, east first.
        Vector3D east = (worldFromMap * new Vector3D(1, 0, 0)).Normalized();
        Vector3D north = worldFromMap * new Vector3D(0, 1, 0);
        north = (north - (Vector3D.Dot(north, east) * east)).Normalized();
        Vector3D up = Vector3D.Cross(east, north);
        return shot.CameraFromWorld.Rotation * Matrix3x3.FromColumns(east, north, up);
    }

    private static JsonArray Triple(Vector3D v) => [v.X, v.Y, v.Z];
}
