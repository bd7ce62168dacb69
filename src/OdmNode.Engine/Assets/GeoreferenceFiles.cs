using System.Globalization;
using OdmNode.Engine.Inputs;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Metadata;
using OdmNode.Pipeline.Stages;

namespace OdmNode.Engine.Assets;

/// <summary>ODM's small files about the map: coords.txt, its legacy copy, proj.txt, gcp_list_utm.txt.</summary>
internal static class GeoreferenceFiles
{
    public static void Write(StageContext context, MapFrame map, IReadOnlyList<PhotoMetadata> photos, IReadOnlyList<SurveyedPoint> control)
    {
        string[] head =
        [
            map.Zone.OdmName,
            string.Create(CultureInfo.InvariantCulture, $"{map.OffsetEast} {map.OffsetNorth}"),
        ];
        IEnumerable<string> positions = photos.Where(photo => photo.HasPosition).Select(photo =>
        {
            Vector3D p = map.Zone.FromGeodetic(new GeodeticPosition(photo.Latitude!.Value, photo.Longitude!.Value, photo.Altitude ?? 0));
            return string.Create(CultureInfo.InvariantCulture, $"{p.X - map.OffsetEast:F6} {p.Y - map.OffsetNorth:F6} {p.Z:F6}");
        });
        context.WriteArtefact(AssetPaths.Coordinates, path => File.WriteAllLines(path, head.Concat(positions)));
        context.WriteArtefact(AssetPaths.ModelCoordinates, path => File.WriteAllLines(path, head));
        context.WriteArtefact(AssetPaths.Projection, path => File.WriteAllText(path, map.Zone.Proj4 + "\n"));
        if (control.Count > 0)
        {
            context.WriteArtefact(AssetPaths.ControlPoints, path => File.WriteAllLines(path, control.SelectMany(point => Lines(point, map)).Prepend(map.Zone.OdmName)));
        }
    }

    /// <summary>The marks of a point as in gcp_list.txt, in the survey's own zone.</summary>
    private static IEnumerable<string> Lines(SurveyedPoint point, MapFrame map)
    {
        Vector3D p = map.Zone.FromGeodetic(new GeodeticPosition(point.Latitude, point.Longitude, point.Height));
        return point.Marks.Select(mark => string.Create(
            CultureInfo.InvariantCulture, $"{p.X:F4} {p.Y:F4} {p.Z:F4} {mark.X} {mark.Y} {mark.Image} {point.Name}"));
    }
}
