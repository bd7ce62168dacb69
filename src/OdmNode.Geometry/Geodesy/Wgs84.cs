using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Geodesy;

/// <summary>The WGS 84 ellipsoid and its earth-centred, earth-fixed (ECEF) frame, metres.</summary>
public static class Wgs84
{
    /// <summary>Semi-major axis, metres.</summary>
    public const double A = 6378137.0;

    /// <summary>Flattening.</summary>
    public const double F = 1 / 298.257223563;

    /// <summary>First eccentricity squared.</summary>
    public const double E2 = F * (2 - F);

    public static Vector3D EcefFromGeodetic(GeodeticPosition position)
    {
        (double sinLat, double cosLat) = Math.SinCos(position.LatitudeDegrees * Math.PI / 180);
        (double sinLon, double cosLon) = Math.SinCos(position.LongitudeDegrees * Math.PI / 180);
        double n = A / Math.Sqrt(1 - (E2 * sinLat * sinLat));
        double h = position.HeightMetres;
        return new Vector3D((n + h) * cosLat * cosLon, (n + h) * cosLat * sinLon, ((n * (1 - E2)) + h) * sinLat);
    }

    /// <summary>Bowring's start and Newton-like iteration; below 1e-9 m for heights within ±100 km.</summary>
    public static GeodeticPosition GeodeticFromEcef(Vector3D ecef)
    {
        double p = Math.Sqrt((ecef.X * ecef.X) + (ecef.Y * ecef.Y));
        double longitude = Math.Atan2(ecef.Y, ecef.X);
        double latitude = Math.Atan2(ecef.Z, p * (1 - E2));
        double height = 0;
        for (int iteration = 0; iteration < 8; iteration++)
        {
            (double sin, double cos) = Math.SinCos(latitude);
            double n = A / Math.Sqrt(1 - (E2 * sin * sin));
            // The form in sine and cosine holds at the poles too, where p / cos has no value.
            height = (p * cos) + (ecef.Z * sin) - (A * A / n);
            double next = Math.Atan2(ecef.Z, p * (1 - (E2 * n / (n + height))));
            bool done = Math.Abs(next - latitude) < 1e-15;
            latitude = next;
            if (done)
            {
                break;
            }
        }

        return new GeodeticPosition(latitude * 180 / Math.PI, longitude * 180 / Math.PI, height);
    }
}
