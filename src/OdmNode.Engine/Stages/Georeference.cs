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
    /// ODM's rules: the zone of the first photo with a position, the offset the floor of the mean of all positions. The local
    /// frame has its origin at the offset, at the mean height of the cameras in whole metres.
    /// </summary>
    /// <returns>Null when no photo has a position.</returns>
    public static Georeference? Of(IReadOnlyList<PhotoMetadata> photos)
    {
        ArgumentNullException.ThrowIfNull(photos);
        PhotoMetadata? first = photos.FirstOrDefault(photo => photo.HasPosition);
        if (first is null)
        {
            return null;
        }

        UtmZone zone = UtmZone.Of(new GeodeticPosition(first.Latitude!.Value, first.Longitude!.Value, 0));
        double east = 0;
        double north = 0;
        double height = 0;
        int count = 0;
        int heights = 0;
        foreach (PhotoMetadata photo in photos.Where(photo => photo.HasPosition))
        {
            Vector3D position =
                zone.FromGeodetic(new GeodeticPosition(photo.Latitude!.Value, photo.Longitude!.Value, photo.Altitude ?? 0));
            east += position.X;
            north += position.Y;
            count++;
            if (photo.Altitude is not null)
            {
                height += position.Z;
                heights++;
            }
        }

        long offsetEast = (long)Math.Floor(east / count);
        long offsetNorth = (long)Math.Floor(north / count);
        double originHeight = heights == 0 ? 0 : Math.Floor(height / heights);
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
}
