using OdmNode.Geometry.Geodesy;

namespace OdmNode.Testing.Exif;

/// <summary>How finely EXIF holds a position here: millionths of an arc second (0.03 mm) and millimetres of height.</summary>
internal static class ExifPosition
{
    /// <summary>Denominator of the seconds.</summary>
    public const uint SecondsDenominator = 1_000_000;

    /// <summary>Denominator of the altitude.</summary>
    public const uint AltitudeDenominator = 1_000;

    private const double UnitsPerDegree = 3600.0 * SecondsDenominator;

    /// <summary>The nearest position that can be written.</summary>
    public static GeodeticPosition Rounded(GeodeticPosition position) => new(
        Math.Round(position.LatitudeDegrees * UnitsPerDegree) / UnitsPerDegree,
        Math.Round(position.LongitudeDegrees * UnitsPerDegree) / UnitsPerDegree,
        Math.Round(position.HeightMetres * AltitudeDenominator) / AltitudeDenominator);

    /// <summary>Degrees, minutes and seconds without the sign.</summary>
    public static (uint Numerator, uint Denominator)[] Angle(double degrees)
    {
        ulong units = (ulong)Math.Round(Math.Abs(degrees) * UnitsPerDegree);
        const ulong perMinute = 60UL * SecondsDenominator;
        return
        [
            ((uint)(units / (60 * perMinute)), 1),
            ((uint)(units / perMinute % 60), 1),
            ((uint)(units % perMinute), SecondsDenominator),
        ];
    }
}
