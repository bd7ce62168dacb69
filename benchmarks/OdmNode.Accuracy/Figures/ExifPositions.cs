using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using OdmNode.Geometry.Geodesy;

namespace OdmNode.Accuracy.Figures;

/// <summary>What the photos themselves say about where they were taken.</summary>
internal static class ExifPositions
{
    /// <summary>By file name; photos without a position are left out.</summary>
    public static IReadOnlyDictionary<string, GeodeticPosition> Read(string images)
    {
        var positions = new SortedDictionary<string, GeodeticPosition>(StringComparer.Ordinal);
        foreach (string path in System.IO.Directory.EnumerateFiles(images))
        {
            try
            {
                GpsDirectory? gps = ImageMetadataReader.ReadMetadata(path).OfType<GpsDirectory>().FirstOrDefault();
                if (gps?.GetGeoLocation() is { } location && gps.TryGetRational(GpsDirectory.TagAltitude, out Rational altitude))
                {
                    bool below = gps.TryGetByte(GpsDirectory.TagAltitudeRef, out byte reference) && reference == 1;
                    positions[Path.GetFileName(path)] = new GeodeticPosition(
                        location.Latitude, location.Longitude, below ? -altitude.ToDouble() : altitude.ToDouble());
                }
            }
            catch (ImageProcessingException)
            {
                // Not a photo: nothing to compare.
            }
        }

        return positions;
    }
}
