using System.Globalization;

namespace OdmNode.Engine.Report;

/// <summary>Numbers, lengths and times as the report prints them.</summary>
internal static class Format
{
    /// <summary>For what is not known.</summary>
    public const string Unknown = "–";

    private const double HectareSquareMetres = 10_000;

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Three digits of a large number.</summary>
    public static string Rounded(long count) => count switch
    {
        >= 1_000_000_000 => Digits(count / 1e9) + " bn",
        >= 1_000_000 => Digits(count / 1e6) + " M",
        >= 10_000 => Digits(count / 1e3) + " k",
        _ => Count(count),
    };

    public static string Decimal(double value, int digits) =>
        value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>Millimetres matter.</summary>
    public static string Metres(double? metres) => metres is { } known ? Decimal(known, 3) + " m" : Unknown;

    public static string Centimetres(double? metres) => metres is { } known ? Decimal(100 * known, 2) + " cm" : Unknown;

    public static string Pixels(double pixels) => Decimal(pixels, 2) + " px";

    public static string Percent(double share) => Decimal(100 * share, 1) + " %";

    public static string Area(double? squareMetres) => squareMetres is not { } known ? Unknown
        : known < HectareSquareMetres ? Count((long)Math.Round(known)) + " m²"
        : known < 100 * HectareSquareMetres ? Decimal(known / HectareSquareMetres, 2) + " ha"
        : Decimal(known / (100 * HectareSquareMetres), 2) + " km²";

    public static string Duration(double seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Round(seconds));
        return seconds < 100 ? Decimal(seconds, 1) + " s"
            : span.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min");
    }

    public static string Day(DateTimeOffset time) => time.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset time) => time.ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>From first to last; the day is not repeated.</summary>
    public static string Window(DateTimeOffset? first, DateTimeOffset? last) => (first, last) is not ({ } from, { } to)
        ? Unknown
        : from.Date == to.Date
            ? Moment(from) + to.ToString(" – HH:mm:ss", CultureInfo.InvariantCulture)
            : Moment(from) + " – " + Moment(to);

    /// <summary>Degrees with their half of the earth.</summary>
    public static string Degrees(double latitude, double longitude) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Math.Abs(latitude):F5}° {(latitude < 0 ? 'S' : 'N')}, {Math.Abs(longitude):F5}° {(longitude < 0 ? 'W' : 'E')}");

    private static string Digits(double value) => Decimal(value, value >= 100 ? 0 : value >= 10 ? 1 : 2);
}
