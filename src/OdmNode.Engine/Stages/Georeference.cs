using OdmNode.Engine.Inputs;
using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Imaging.Metadata;

namespace OdmNode.Engine.Stages;

/// <summary>The map of a survey: UTM zone, integer offset, and the origin of the local frame.</summary>
public sealed record Georeference
{
    public required int ZoneNumber { get; init; }

    public required bool ZoneNorth { get; init; }

    public required long OffsetEast { get; init; }

    public required long OffsetNorth { get; init; }

    public required double OriginLatitude { get; init; }

    public required double OriginLongitude { get; init; }

    public required double OriginHeight { get; init; }

    /// <summary>
    /// ODM's rules: the zone of the first photo with a position (or else of the first control point); the offset the floor of the mean of
    /// all photos, or the rounded mean of the control points where there are any. The local frame has its origin at the offset, at the mean
    /// height of the cameras in whole metres.
    /// </summary>
    /// <returns>Null when neither photos nor control points have a position.</returns>
    public static Georeference? Of(IReadOnlyList<PhotoMetadata> photos, IReadOnlyList<SurveyedPoint> control)
    {
        ArgumentNullException.ThrowIfNull(photos);
        ArgumentNullException.ThrowIfNull(control);
        GeodeticPosition[] cameras =
        [
            .. photos.Where(photo => photo.HasPosition).Select(photo =>
                new GeodeticPosition(photo.Latitude!.Value, photo.Longitude!.Value, photo.Altitude ?? double.NaN)),
        ];
        GeodeticPosition[] points = [.. control.Select(point => new GeodeticPosition(point.Latitude, point.Longitude, point.Height))];
        if (cameras.Length == 0 && points.Length == 0)
        {
            return null;
        }

        UtmZone zone = UtmZone.Of(cameras.Length > 0 ? cameras[0] : points[0]);
        (double east, double north) = Mean(zone, points.Length > 0 ? points : cameras);
        (long offsetEast, long offsetNorth) = points.Length > 0
            ? ((long)Math.Round(east), (long)Math.Round(north))
            : ((long)Math.Floor(east), (long)Math.Floor(north));
        double[] heights = [.. (cameras.Length > 0 ? cameras : points).Select(place => place.HeightMetres).Where(double.IsFinite)];
        double originHeight = heights.Length == 0 ? 0 : Math.Floor(heights.Average());
        GeodeticPosition origin = zone.ToGeodetic(new Vector3D(offsetEast, offsetNorth, originHeight));
        return new Georeference
        {
            ZoneNumber = zone.Number,
            ZoneNorth = zone.North,
            OffsetEast = offsetEast,
            OffsetNorth = offsetNorth,
            OriginLatitude = origin.LatitudeDegrees,
            OriginLongitude = origin.LongitudeDegrees,
            OriginHeight = originHeight,
        };
    }

    private static (double East, double North) Mean(UtmZone zone, GeodeticPosition[] places)
    {
        Vector3D sum = Vector3D.Zero;
        foreach (GeodeticPosition place in places)
        {
            sum += zone.FromGeodetic(place with { HeightMetres = 0 });
        }

        return (sum.X / places.Length, sum.Y / places.Length);
    }
}
