using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.Geodesy;

/// <summary>
/// Ties the local east-north-up world of a reconstruction to its map: full UTM coordinates and height, metres.
/// </summary>
/// <remarks>
/// The conversion is exact at every point. A reconstruction is adjusted in the undistorted local frame; products are
/// laid out on the map. ODM uses one affine matrix for a whole survey, wrong by decimetres a kilometre away.
/// </remarks>
public sealed class MapFrame
{
    /// <param name="origin">Zero of the local world frame.</param>
    /// <param name="zone">Map projection of the products.</param>
    /// <param name="offsetEast">Integer offset of ODM's coords.txt, metres.</param>
    /// <param name="offsetNorth">Integer offset of ODM's coords.txt, metres.</param>
    public MapFrame(GeodeticPosition origin, UtmZone zone, long offsetEast, long offsetNorth)
    {
        Local = new LocalFrame(origin);
        Zone = zone;
        OffsetEast = offsetEast;
        OffsetNorth = offsetNorth;
    }

    public LocalFrame Local { get; }

    public UtmZone Zone { get; }

    public long OffsetEast { get; }

    public long OffsetNorth { get; }

    /// <summary>Full UTM east, north, height of a point of the local world frame.</summary>
    public Vector3D MapFromWorld(Vector3D pointInWorld) => Zone.FromGeodetic(Local.ToGeodetic(pointInWorld));

    /// <summary>Inverse of <see cref="MapFromWorld"/>.</summary>
    public Vector3D WorldFromMap(Vector3D pointInMap) => Local.FromGeodetic(Zone.ToGeodetic(pointInMap));

    /// <summary>
    /// The derivative of <see cref="WorldFromMap"/>: near <paramref name="pointInMap"/>,
    /// world ≈ WorldFromMap(pointInMap) + J · (map − pointInMap). Over a ground tile of 100 m the error is below 0.5 mm.
    /// </summary>
    public Matrix3x3 WorldFromMapJacobian(Vector3D pointInMap)
    {
        const double step = 1.0;
        Vector3D Derivative(Vector3D axis) =>
            (1 / (2 * step)) * (WorldFromMap(pointInMap + (step * axis)) - WorldFromMap(pointInMap - (step * axis)));
        return Matrix3x3.FromColumns(
            Derivative(new Vector3D(1, 0, 0)), Derivative(new Vector3D(0, 1, 0)), Derivative(new Vector3D(0, 0, 1)));
    }
}
