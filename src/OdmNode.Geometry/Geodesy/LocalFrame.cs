using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Geodesy;

/// <summary>A local east-north-up frame, metres: a rigid motion of ECEF, so that nothing is distorted by a map projection.</summary>
public sealed class LocalFrame
{
    private readonly Vector3D originInEcef;
    private readonly Matrix3x3 localFromEcef;

    /// <param name="origin">Where the local frame has its zero.</param>
    public LocalFrame(GeodeticPosition origin)
    {
        Origin = origin;
        originInEcef = Wgs84.EcefFromGeodetic(origin);
        (double sinLat, double cosLat) = Math.SinCos(origin.LatitudeDegrees * Math.PI / 180);
        (double sinLon, double cosLon) = Math.SinCos(origin.LongitudeDegrees * Math.PI / 180);
        localFromEcef = new Matrix3x3(
            -sinLon, cosLon, 0,
            -sinLat * cosLon, -sinLat * sinLon, cosLat,
            cosLat * cosLon, cosLat * sinLon, sinLat);
    }

    public GeodeticPosition Origin { get; }

    public Vector3D FromGeodetic(GeodeticPosition position) =>
        localFromEcef * (Wgs84.EcefFromGeodetic(position) - originInEcef);

    public GeodeticPosition ToGeodetic(Vector3D pointInLocal) =>
        Wgs84.GeodeticFromEcef((localFromEcef.Transposed() * pointInLocal) + originInEcef);
}
