using System.Globalization;
using System.Runtime.InteropServices;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Xmp;
using OdmNode.Core.Errors;
using OdmNode.Imaging.Codecs;

namespace OdmNode.Imaging.Metadata;

/// <summary>Reads EXIF and XMP of a photo by ODM's rules. Damage inside is a warning; what is absent stays null.</summary>
public static class PhotoMetadataReader
{
    // JPEG keeps both in segments near the start; decoding the pixels is no business of this class.
    private const double FullFrameWidthMillimetres = 36;
    private const int WarningLimit = 8;

    /// <summary>What a photo says about itself.</summary>
    /// <param name="imageName">File name with extension.</param>
    /// <param name="file">The whole file.</param>
    /// <exception cref="OdmException">BadInput: the file is no picture, or its header is damaged.</exception>
    public static PhotoMetadata Read(string imageName, ReadOnlyMemory<byte> file)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageName);
        PhotoHeader header = PhotoCodec.ReadHeader(file.Span);
        var warnings = new List<string>();
        IReadOnlyList<MetadataExtractor.Directory> directories = Directories(file, warnings);
        var exif = new ExifTags(directories, warnings);
        var xmp = new XmpTags(directories.OfType<XmpDirectory>());

        string? make = exif.Text(ExifDirectoryBase.TagMake) ?? xmp.Text("tiff:Make");
        string? model = exif.Text(ExifDirectoryBase.TagModel) ?? xmp.Text("tiff:Model");
        (double? latitude, double? longitude) = Position(exif, xmp, warnings);
        (double? yaw, double? pitch, double? roll) = Angles(xmp, make);
        double? horizontal = Doubled(Larger(xmp.Number("drone-dji:RtkStdLon"), xmp.Number("drone-dji:RtkStdLat"))
            ?? xmp.Number("Camera:GPSXYAccuracy", "GPSXYAccuracy"));
        (double? eastSpeed, double? northSpeed, double? upSpeed) = SpeedTags.Of(directories, xmp);
        double? vertical = Doubled(xmp.Number("drone-dji:RtkStdHgt") ?? xmp.Number("Camera:GPSZAccuracy", "GPSZAccuracy"));
        return new PhotoMetadata
        {
            ImageName = imageName,
            Width = header.Width,
            Height = header.Height,
            Make = make,
            Model = model,
            FocalRatio = FocalRatio(exif, xmp, make, model, Math.Max(header.Width, header.Height)),
            IsFisheye = Says(xmp, "Camera:ModelType", "fisheye"),
            IsPanorama = Says(xmp, "GPano:ProjectionType", "equirectangular"),
            Latitude = latitude,
            Longitude = longitude,
            Altitude = latitude is null ? null : xmp.Number("drone-dji:AbsoluteAltitude") ?? exif.Altitude(),
            HorizontalAccuracy = horizontal,
            VerticalAccuracy = vertical,
            Yaw = yaw,
            Pitch = pitch,
            Roll = roll,
            CaptureTime = exif.CaptureTime(),
            SpeedEast = eastSpeed,
            SpeedNorth = northSpeed,
            SpeedUp = upSpeed,
            Orientation = exif.Number(ExifDirectoryBase.TagOrientation) is >= 1 and <= 8 and double orientation ? (int)orientation : 1,
            ExposureTime = Positive(exif.Number(ExifDirectoryBase.TagExposureTime)),
            FNumber = Positive(exif.Number(ExifDirectoryBase.TagFNumber)),
            IsoSpeed = Positive(exif.Number(ExifDirectoryBase.TagIsoEquivalent)) is < int.MaxValue and double iso ? (int)iso : null,
            Warnings = warnings,
        };
    }

    private static IReadOnlyList<MetadataExtractor.Directory> Directories(ReadOnlyMemory<byte> file, List<string> warnings)
    {
        using Stream stream = MemoryMarshal.TryGetArray(file, out ArraySegment<byte> segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(file.ToArray(), writable: false);
        try
        {
            IReadOnlyList<MetadataExtractor.Directory> directories = ImageMetadataReader.ReadMetadata(stream);
            warnings.AddRange(directories
                .Where(directory => directory is ExifDirectoryBase or XmpDirectory)
                .SelectMany(directory => directory.Errors, (directory, error) => $"{directory.Name}: {error}")
                .Distinct()
                .Take(WarningLimit));
            return directories;
        }
        // The bytes are hostile: whatever the parser stumbles over is damage of the photo, and its pixels may still be good.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            warnings.Add($"EXIF and XMP cannot be read: {exception.Message}");
            return [];
        }
    }

    private static (double? Latitude, double? Longitude) Position(ExifTags exif, XmpTags xmp, List<string> warnings)
    {
        double? latitude = xmp.Number("drone-dji:Latitude", "drone-dji:GpsLatitude");
        // DJI's own misspelling came with several models.
        double? longitude = xmp.Number("drone-dji:Longitude", "drone-dji:GpsLongitude", "drone-dji:GpsLongtitude");
        if (latitude is null || longitude is null || (latitude == 0 && longitude == 0))
        {
            latitude = exif.Angle(GpsDirectory.TagLatitude, GpsDirectory.TagLatitudeRef, 'S');
            longitude = exif.Angle(GpsDirectory.TagLongitude, GpsDirectory.TagLongitudeRef, 'W');
        }

        if (latitude is not { } north || longitude is not { } east)
        {
            return (null, null);
        }

        if (north == 0 && east == 0)
        {
            warnings.Add("The GPS position is exactly 0, 0: the receiver had no fix. The position is ignored.");
            return (null, null);
        }

        if (Math.Abs(north) > 90 || Math.Abs(east) > 180)
        {
            warnings.Add(string.Create(
                CultureInfo.InvariantCulture, $"The GPS position {north}, {east} is not on Earth. The position is ignored."));
            return (null, null);
        }

        return (north, east);
    }

    private static (double? Yaw, double? Pitch, double? Roll) Angles(XmpTags xmp, string? make)
    {
        double? yaw = xmp.Number("drone-dji:FlightYawDegree", "Camera:Yaw");
        double? gimbalPitch = xmp.Number("drone-dji:GimbalPitchDegree");
        double? pitch = gimbalPitch ?? xmp.Number("Camera:Pitch");
        double? roll = xmp.Number("drone-dji:GimbalRollDegree", "Camera:Roll");
        string maker = CameraKey.Words(make, "");
        if (gimbalPitch is not null || maker is "dji" or "hasselblad")
        {
            // Counted from the horizon: so DJI defines its tag, which other makers write too, and so count its cameras.
            pitch += 90;
        }

        if (maker == "sensefly")
        {
            roll = -roll;
        }

        return (yaw, pitch, roll);
    }

    private static bool Says(XmpTags xmp, string path, string word) => string.Equals(xmp.Text(path), word, StringComparison.OrdinalIgnoreCase);

    private static double? FocalRatio(ExifTags exif, XmpTags xmp, string? make, string? model, int longestSidePixels)
    {
        if (Positive(exif.Number(ExifDirectoryBase.Tag35MMFilmEquivFocalLength)) is { } equivalent)
        {
            return equivalent / FullFrameWidthMillimetres;
        }

        double? focal = Positive(exif.Number(ExifDirectoryBase.TagFocalLength)) ?? xmp.LeadingNumber("aux:Lens");
        double? sensorWidth = exif.SensorWidthMillimetres(longestSidePixels) ?? SensorTable.WidthOf(make, model);
        double? ratio = focal / sensorWidth;
        // Outside of this no lens exists: one of the two numbers is wrong.
        return ratio is > 0.1 and < 20 ? ratio : null;
    }

    private static double? Positive(double? value) => value > 0 ? value : null;

    // ODM doubles the accuracies that receivers claim for themselves; they are known to flatter.
    private static double? Doubled(double? claimed) => Positive(2 * claimed);

    private static double? Larger(double? a, double? b) => a is { } x && b is { } y ? Math.Max(x, y) : a ?? b;
}
