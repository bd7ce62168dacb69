using MetadataExtractor.Formats.Exif.Makernotes;

namespace OdmNode.Imaging.Metadata;

/// <summary>Speed of the drone when a photo was taken, as DJI writes it: metres a second to the north, to the east, and down.</summary>
internal static class SpeedTags
{
    private const double Fastest = 100;

    /// <summary>From XMP (<c>FlightXSpeed</c> and so on), or else from the maker's note of older drones.</summary>
    /// <returns>All null unless all three are there and no drone would be too slow for them.</returns>
    public static (double? East, double? North, double? Up) Of(IEnumerable<MetadataExtractor.Directory> directories, XmpTags xmp)
    {
        (double? north, double? east, double? down) = (
            xmp.Number("drone-dji:FlightXSpeed"), xmp.Number("drone-dji:FlightYSpeed"), xmp.Number("drone-dji:FlightZSpeed"));
        if ((north is null || east is null || down is null) && directories.OfType<DjiMakernoteDirectory>().FirstOrDefault() is { } note)
        {
            (north, east, down) = (note.GetAircraftSpeedX(), note.GetAircraftSpeedY(), note.GetAircraftSpeedZ());
        }

        return Math.Abs(north ?? double.NaN) <= Fastest && Math.Abs(east ?? double.NaN) <= Fastest && Math.Abs(down ?? double.NaN) <= Fastest
            ? (east, north, -down)
            : (null, null, null);
    }
}
