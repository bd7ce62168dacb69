using System.Text.Json;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;

namespace OdmNode.Testing.Products;

/// <summary>A photo of <c>odm_report/shots.geojson</c>.</summary>
/// <param name="ImageName">File name.</param>
/// <param name="Position">WGS 84, of the projection centre.</param>
/// <param name="CenterOnMap">UTM east, north and height of the projection centre.</param>
/// <param name="RotationAxisAngle">From the map's axes to the camera, radians.</param>
public sealed record PlacedPhoto(string ImageName, GeodeticPosition Position, Vector3D CenterOnMap, Vector3D RotationAxisAngle)
{
    /// <summary>Where the file lies in a project folder.</summary>
    public static string PathIn(string project) => Path.Combine(project, "odm_report", "shots.geojson");

    /// <summary>All photos that a run placed, in the order of the file.</summary>
    public static IReadOnlyList<PlacedPhoto> ReadAll(string project)
    {
        using FileStream stream = File.OpenRead(PathIn(project));
        using JsonDocument document = JsonDocument.Parse(stream);
        var photos = new List<PlacedPhoto>();
        foreach (JsonElement feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            JsonElement properties = feature.GetProperty("properties");
            Vector3D place = Triple(feature.GetProperty("geometry").GetProperty("coordinates"));
            photos.Add(new PlacedPhoto(
                properties.GetProperty("filename").GetString()!,
                new GeodeticPosition(place.Y, place.X, place.Z),
                Triple(properties.GetProperty("translation")),
                Triple(properties.GetProperty("rotation"))));
        }

        return photos;
    }

    private static Vector3D Triple(JsonElement array) => new(array[0].GetDouble(), array[1].GetDouble(), array[2].GetDouble());
}
