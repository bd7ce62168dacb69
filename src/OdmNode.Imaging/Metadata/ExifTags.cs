using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace OdmNode.Imaging.Metadata;

/// <summary>The EXIF values of one photo, checked: no NaN, no division by zero, no made-up numbers.</summary>
internal sealed class ExifTags
{
    // EXIF 2.32: FocalPlaneXResolution 41486 A20E RATIONAL 1, FocalPlaneYResolution 41487 A20F, unit 41488 A210 SHORT 1.
    private const int TagFocalPlaneXResolution = 0xA20E;
    private const int TagFocalPlaneYResolution = 0xA20F;
    private const int TagFocalPlaneResolutionUnit = 0xA210;
    private const int TagSubsecondTimeOriginal = 0x9291;
    private const int TagSubsecondTime = 0x9290;

    private readonly List<ExifDirectoryBase> directories;
    private readonly GpsDirectory? gps;
    private readonly List<string> warnings;

    public ExifTags(IEnumerable<MetadataExtractor.Directory> all, List<string> warnings)
    {
        // The thumbnail has tags of its own that say nothing about the photo.
        directories = [.. all.OfType<ExifDirectoryBase>().Where(directory => directory is not (ExifThumbnailDirectory or GpsDirectory))];
        gps = all.OfType<GpsDirectory>().FirstOrDefault();
        this.warnings = warnings;
    }

    /// <summary>The trimmed text of the first directory that has the tag; null when it is empty.</summary>
    public string? Text(int tag) => directories
        .Select(directory => directory.GetString(tag)?.Trim('\0', ' ', '\t', '\r', '\n'))
        .FirstOrDefault(text => !string.IsNullOrEmpty(text));

    /// <summary>A finite number; null when absent, not a number, or over a denominator of zero.</summary>
    public double? Number(int tag) => directories.Select(directory => Finite(directory, tag)).FirstOrDefault(value => value is not null);

    /// <summary>Degrees from degrees, minutes and seconds; negative when the reference starts with the given letter.</summary>
    public double? Angle(int tag, int referenceTag, char negative)
    {
        if (gps is null || !gps.ContainsTag(tag))
        {
            return null;
        }

        Rational[]? parts = gps.GetRationalArray(tag);
        if (parts is not { Length: >= 1 and <= 3 } || Array.Exists(parts, part => part.Denominator == 0))
        {
            warnings.Add("The GPS position is damaged (a part is missing or divided by zero) and is ignored.");
            return null;
        }

        double degrees = 0;
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            degrees = (degrees / 60) + parts[i].ToDouble();
        }

        string reference = gps.GetString(referenceTag)?.Trim('\0', ' ') ?? "";
        return reference.Length > 0 && char.ToUpperInvariant(reference[0]) == negative ? -degrees : degrees;
    }

    /// <summary>Metres; negative when the reference says below sea level.</summary>
    public double? Altitude()
    {
        if (gps is null || Finite(gps, GpsDirectory.TagAltitude) is not { } metres)
        {
            return null;
        }

        return Finite(gps, GpsDirectory.TagAltitudeRef) > 0 ? -metres : metres;
    }

    /// <summary>Seconds since 1970 of DateTimeOriginal with its fraction, taken as UTC.</summary>
    public double? CaptureTime()
    {
        string? text = Text(ExifDirectoryBase.TagDateTimeOriginal) ?? Text(ExifDirectoryBase.TagDateTime);
        if (text is null || !DateTime.TryParseExact(
            text,
            ["yyyy:MM:dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy:MM:dd HH:mm"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTime time))
        {
            return null;
        }

        string? fraction = Text(TagSubsecondTimeOriginal) ?? Text(TagSubsecondTime);
        double subseconds = fraction is not null && fraction.All(char.IsAsciiDigit)
            && double.TryParse("0." + fraction, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            ? value
            : 0;
        return (time - DateTime.UnixEpoch).TotalSeconds + subseconds;
    }

    /// <summary>Length of the sensor along the longest side, from the pixels per unit in the focal plane.</summary>
    public double? SensorWidthMillimetres(int longestSidePixels)
    {
        double? resolution = Number(TagFocalPlaneXResolution) ?? Number(TagFocalPlaneYResolution);
        double? unitMillimetres = (int)(Number(TagFocalPlaneResolutionUnit) ?? 2) switch
        {
            2 => 25.4,
            3 => 10,
            4 => 1,
            5 => 0.001,
            _ => null,
        };
        double? width = longestSidePixels / resolution * unitMillimetres;
        return width is > 0.5 and < 200 ? width : null;
    }

    private static double? Finite(MetadataExtractor.Directory directory, int tag)
    {
        if (!directory.ContainsTag(tag))
        {
            return null;
        }

        if (directory.TryGetRational(tag, out Rational rational))
        {
            return rational.Denominator == 0 ? null : rational.ToDouble();
        }

        return directory.TryGetDouble(tag, out double value) && double.IsFinite(value) ? value : null;
    }
}
