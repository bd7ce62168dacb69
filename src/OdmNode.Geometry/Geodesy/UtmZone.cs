using System.Globalization;
using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Geodesy;

/// <summary>A zone of the Universal Transverse Mercator projection on WGS 84.</summary>
/// <param name="Number">1 to 60.</param>
/// <param name="North">Northern hemisphere: no false northing.</param>
/// <remarks>Krüger's series to the sixth order of the third flattening: C. F. F. Karney, Transverse Mercator with an
/// accuracy of a few nanometers, Journal of Geodesy 85 (2011), equations 7 to 36.</remarks>
public sealed record UtmZone(int Number, bool North)
{
    private const double ScaleOnMeridian = 0.9996;
    private const double FalseEasting = 500000.0;
    private const double FalseNorthing = 10000000.0;
    private const double N = Wgs84.F / (2 - Wgs84.F);
    private const double RectifyingRadius = Wgs84.A / (1 + N) * (1 + (N * N / 4) + (N * N * N * N / 64));
    private static readonly double Eccentricity = Math.Sqrt(Wgs84.E2);

    private static readonly double[] Alpha =
    [
        N * ((1.0 / 2) + (N * ((-2.0 / 3) + (N * ((5.0 / 16) + (N * ((41.0 / 180) + (N * -127.0 / 288)))))))),
        N * N * ((13.0 / 48) + (N * ((-3.0 / 5) + (N * ((557.0 / 1440) + (N * 281.0 / 630)))))),
        N * N * N * ((61.0 / 240) + (N * ((-103.0 / 140) + (N * 15061.0 / 26880)))),
        N * N * N * N * ((49561.0 / 161280) + (N * -179.0 / 168)),
        N * N * N * N * N * (34729.0 / 80640),
    ];

    private static readonly double[] Beta =
    [
        N * ((1.0 / 2) + (N * ((-2.0 / 3) + (N * ((37.0 / 96) + (N * ((-1.0 / 360) + (N * -81.0 / 512)))))))),
        N * N * ((1.0 / 48) + (N * ((1.0 / 15) + (N * ((-437.0 / 1440) + (N * 46.0 / 105)))))),
        N * N * N * ((17.0 / 480) + (N * ((-37.0 / 840) + (N * -209.0 / 4480)))),
        N * N * N * N * ((4397.0 / 161280) + (N * -11.0 / 504)),
        N * N * N * N * N * (4583.0 / 161280),
    ];

    /// <summary>The EPSG code, 326nn north and 327nn south.</summary>
    public int EpsgCode => (North ? 32600 : 32700) + Number;

    /// <summary>As in the first line of ODM's coords.txt: <c>WGS84 UTM 15N</c>.</summary>
    public string OdmName => string.Create(CultureInfo.InvariantCulture, $"WGS84 UTM {Number}{(North ? 'N' : 'S')}");

    /// <summary>As in ODM's proj.txt.</summary>
    public string Proj4 => string.Create(
        CultureInfo.InvariantCulture,
        $"+proj=utm +zone={Number}{(North ? "" : " +south")} +datum=WGS84 +units=m +no_defs +type=crs");

    private double CentralMeridian => ((Number * 6) - 183) * Math.PI / 180;

    /// <summary>The standard zone of a position, without the exceptions of Norway and Svalbard, as ODM does.</summary>
    public static UtmZone Of(GeodeticPosition position)
    {
        int number = ((int)Math.Floor((position.LongitudeDegrees + 180) / 6) % 60) + 1;
        return new UtmZone(number, position.LatitudeDegrees >= 0);
    }

    /// <summary>East, north (metres, full coordinates) and the height unchanged.</summary>
    public Vector3D FromGeodetic(GeodeticPosition position)
    {
        double latitude = position.LatitudeDegrees * Math.PI / 180;
        double longitude = (position.LongitudeDegrees * Math.PI / 180) - CentralMeridian;
        double tau = Math.Tan(latitude);
        double tauPrime = ConformalTangent(tau);
        double xiPrime = Math.Atan2(tauPrime, Math.Cos(longitude));
        double etaPrime = Math.Asinh(Math.Sin(longitude) / Math.Sqrt((tauPrime * tauPrime) + Math.Pow(Math.Cos(longitude), 2)));
        double xi = xiPrime;
        double eta = etaPrime;
        for (int j = 1; j <= Alpha.Length; j++)
        {
            xi += Alpha[j - 1] * Math.Sin(2 * j * xiPrime) * Math.Cosh(2 * j * etaPrime);
            eta += Alpha[j - 1] * Math.Cos(2 * j * xiPrime) * Math.Sinh(2 * j * etaPrime);
        }

        return new Vector3D(
            FalseEasting + (ScaleOnMeridian * RectifyingRadius * eta),
            (North ? 0 : FalseNorthing) + (ScaleOnMeridian * RectifyingRadius * xi),
            position.HeightMetres);
    }

    /// <summary>Inverse of <see cref="FromGeodetic"/>.</summary>
    public GeodeticPosition ToGeodetic(Vector3D eastNorthHeight)
    {
        double xi = (eastNorthHeight.Y - (North ? 0 : FalseNorthing)) / (ScaleOnMeridian * RectifyingRadius);
        double eta = (eastNorthHeight.X - FalseEasting) / (ScaleOnMeridian * RectifyingRadius);
        double xiPrime = xi;
        double etaPrime = eta;
        for (int j = 1; j <= Beta.Length; j++)
        {
            xiPrime -= Beta[j - 1] * Math.Sin(2 * j * xi) * Math.Cosh(2 * j * eta);
            etaPrime -= Beta[j - 1] * Math.Cos(2 * j * xi) * Math.Sinh(2 * j * eta);
        }

        double longitude = Math.Atan2(Math.Sinh(etaPrime), Math.Cos(xiPrime));
        double tauPrime = Math.Sin(xiPrime) / Math.Sqrt(Math.Pow(Math.Sinh(etaPrime), 2) + Math.Pow(Math.Cos(xiPrime), 2));
        double tau = tauPrime / (1 - Wgs84.E2);
        for (int iteration = 0; iteration < 8; iteration++)
        {
            double current = ConformalTangent(tau);
            double step = (tauPrime - current) / Math.Sqrt(1 + (current * current))
                * (1 + ((1 - Wgs84.E2) * tau * tau)) / ((1 - Wgs84.E2) * Math.Sqrt(1 + (tau * tau)));
            tau += step;
            if (Math.Abs(step) < 1e-15 * Math.Max(1, Math.Abs(tau)))
            {
                break;
            }
        }

        return new GeodeticPosition(
            Math.Atan(tau) * 180 / Math.PI, (longitude + CentralMeridian) * 180 / Math.PI, eastNorthHeight.Z);
    }

    private static double ConformalTangent(double tau)
    {
        double sigma = Math.Sinh(Eccentricity * Math.Atanh(Eccentricity * tau / Math.Sqrt(1 + (tau * tau))));
        return (tau * Math.Sqrt(1 + (sigma * sigma))) - (sigma * Math.Sqrt(1 + (tau * tau)));
    }
}
