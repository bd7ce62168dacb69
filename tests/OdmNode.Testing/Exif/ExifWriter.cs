using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace OdmNode.Testing.Exif;

/// <summary>Puts EXIF and XMP into a JPEG file, as a drone's camera does.</summary>
internal static class ExifWriter
{
    private const int TiffHeaderSize = 8;

    /// <summary>The file with an EXIF and an XMP segment after its start-of-image marker.</summary>
    public static byte[] Embed(ReadOnlySpan<byte> jpeg, PhotoTags tags)
    {
        if (jpeg.Length < 4 || jpeg[0] != 0xFF || jpeg[1] != 0xD8)
        {
            throw new ArgumentException("Not a JPEG file.", nameof(jpeg));
        }

        byte[] exif = Segment("Exif\0\0"u8, Tiff(tags));
        byte[] xmp = Segment("http://ns.adobe.com/xap/1.0/\0"u8, Encoding.UTF8.GetBytes(Xmp(tags)));
        return [.. jpeg[..2], .. exif, .. xmp, .. jpeg[2..]];
    }

    private static byte[] Segment(ReadOnlySpan<byte> identifier, byte[] content)
    {
        int length = 2 + identifier.Length + content.Length;
        return [0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. identifier, .. content];
    }

    private static byte[] Tiff(PhotoTags tags)
    {
        TiffDirectory exif = ExifDirectory(tags);
        TiffDirectory? gps = GpsDirectory(tags);
        TiffDirectory main = MainDirectory(tags, 0, gps is null ? null : 0);
        int exifAt = TiffHeaderSize + main.Size;
        int gpsAt = exifAt + exif.Size;
        main = MainDirectory(tags, (uint)exifAt, gps is null ? null : (uint)gpsAt);
        byte[] tiff = new byte[gpsAt + (gps?.Size ?? 0)];
        "II*\0"u8.CopyTo(tiff);
        BinaryPrimitives.WriteUInt32LittleEndian(tiff.AsSpan(4), TiffHeaderSize);
        main.Write(tiff.AsSpan(TiffHeaderSize), TiffHeaderSize);
        exif.Write(tiff.AsSpan(exifAt), exifAt);
        gps?.Write(tiff.AsSpan(gpsAt), gpsAt);
        return tiff;
    }

    private static TiffDirectory MainDirectory(PhotoTags tags, uint exifAt, uint? gpsAt)
    {
        var directory = new TiffDirectory();
        directory.AddText(0x010F, tags.Make);                   // Make
        directory.AddText(0x0110, tags.Model);                  // Model
        directory.AddShort(0x0112, 1);                          // Orientation: as stored
        directory.AddRationals(0x011A, (72, 1));                // XResolution
        directory.AddRationals(0x011B, (72, 1));                // YResolution
        directory.AddShort(0x0128, 2);                          // ResolutionUnit: inch
        directory.AddText(0x0132, Time(tags.Time));             // DateTime
        directory.AddLong(0x8769, exifAt);                      // ExifIFDPointer
        if (gpsAt is { } position)
        {
            directory.AddLong(0x8825, position);                // GPSInfoIFDPointer
        }

        return directory;
    }

    private static TiffDirectory ExifDirectory(PhotoTags tags)
    {
        // A sensor of 13.2 mm, the "1 inch" of many survey drones.
        const double sensorMillimetres = 13.2;
        var directory = new TiffDirectory();
        directory.AddRationals(0x829A, (1, 800));               // ExposureTime
        directory.AddRationals(0x829D, (56, 10));               // FNumber
        directory.AddShort(0x8827, 100);                        // ISOSpeedRatings
        directory.AddUndefined(0x9000, "0232");                 // ExifVersion
        directory.AddText(0x9003, Time(tags.Time));             // DateTimeOriginal
        directory.AddRationals(0x920A, ((uint)Math.Round(tags.FocalRatio * sensorMillimetres * 100), 100)); // FocalLength
        directory.AddLong(0xA002, (uint)tags.Width);            // PixelXDimension
        directory.AddLong(0xA003, (uint)tags.Height);           // PixelYDimension
        directory.AddShort(0xA405, (int)Math.Round(tags.FocalRatio * 36)); // FocalLengthIn35mmFilm
        return directory;
    }

    private static TiffDirectory? GpsDirectory(PhotoTags tags)
    {
        if (tags.Position is not { } position)
        {
            return null;
        }

        var directory = new TiffDirectory();
        directory.AddBytes(0x0000, 2, 3, 0, 0);                 // GPSVersionID
        directory.AddText(0x0001, position.LatitudeDegrees >= 0 ? "N" : "S");
        directory.AddRationals(0x0002, ExifPosition.Angle(position.LatitudeDegrees));
        directory.AddText(0x0003, position.LongitudeDegrees >= 0 ? "E" : "W");
        directory.AddRationals(0x0004, ExifPosition.Angle(position.LongitudeDegrees));
        directory.AddBytes(0x0005, (byte)(position.HeightMetres < 0 ? 1 : 0));
        directory.AddRationals(
            0x0006,
            ((uint)Math.Round(Math.Abs(position.HeightMetres) * ExifPosition.AltitudeDenominator), ExifPosition.AltitudeDenominator));
        directory.AddText(0x0012, "WGS-84");                    // GPSMapDatum
        directory.AddRationals(0x001F, ((uint)Math.Round(tags.HorizontalAccuracy * 1000), 1000)); // GPSHPositioningError
        return directory;
    }

    private static string Xmp(PhotoTags tags)
    {
        // Accuracies and angles as ODM and its users know them: Pix4D's camera names, DJI's gimbal with -90 straight down.
        string position = tags.Position is null ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" Camera:GPSXYAccuracy=\"{tags.HorizontalAccuracy:F3}\" Camera:GPSZAccuracy=\"{tags.VerticalAccuracy:F3}\"");
        // North, east, down, and with a sign, as DJI writes them.
        string speed = tags.Velocity is not { } v ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" drone-dji:FlightXSpeed=\"{Signed(v.Y)}\" drone-dji:FlightYSpeed=\"{Signed(v.X)}\" drone-dji:FlightZSpeed=\"{Signed(-v.Z)}\"");
        return string.Create(CultureInfo.InvariantCulture, $"""
            <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:Camera="http://pix4d.com/camera/1.0" xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/"{position} drone-dji:GimbalYawDegree="{SignedYaw(tags.YawDegrees):F2}" drone-dji:GimbalPitchDegree="{tags.PitchDegrees - 90:F2}" drone-dji:GimbalRollDegree="0.00"{speed}/>
            </rdf:RDF></x:xmpmeta><?xpacket end="w"?>
            """);
    }

    // A zero has no sign of its own: a format with one part for each sign would write both.
    private static string Signed(double value) => (Math.Round(value, 2) + 0.0).ToString("+0.00;-0.00", CultureInfo.InvariantCulture);

    private static double SignedYaw(double yawDegrees) => yawDegrees - (360 * Math.Round(yawDegrees / 360));

    private static string Time(DateTime time) => time.ToString("yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture);
}
