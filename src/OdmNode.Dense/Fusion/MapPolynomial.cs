using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;

namespace OdmNode.Dense.Fusion;

/// <summary>
/// The way from the world to the map, or back, near one place as a polynomial of the second degree: what is left out grows with the cube of the
/// distance and is below 0.1 mm within 1 km.
/// </summary>
internal sealed class MapPolynomial
{
    private const double Step = 200;
    private readonly Vector3D center;
    private readonly Vector3D value;
    private readonly Matrix3x3 first;
    private readonly Vector3D xx, yy, zz, xy, xz, yz;

    private MapPolynomial(Func<Vector3D, Vector3D> exact, Vector3D center)
    {
        this.center = center;
        value = exact(center);
        Vector3D At(double x, double y, double z) => exact(center + (Step * new Vector3D(x, y, z)));
        Vector3D Slope(Vector3D plus, Vector3D minus) => (1 / (2 * Step)) * (plus - minus);
        Vector3D Curve(Vector3D plus, Vector3D minus) => (1 / (2 * Step * Step)) * (plus + minus - value - value);
        Vector3D Mixed(Vector3D pp, Vector3D pm, Vector3D mp, Vector3D mm) => (1 / (4 * Step * Step)) * (pp - pm - mp + mm);
        first = Matrix3x3.FromColumns(
            Slope(At(1, 0, 0), At(-1, 0, 0)), Slope(At(0, 1, 0), At(0, -1, 0)), Slope(At(0, 0, 1), At(0, 0, -1)));
        xx = Curve(At(1, 0, 0), At(-1, 0, 0));
        yy = Curve(At(0, 1, 0), At(0, -1, 0));
        zz = Curve(At(0, 0, 1), At(0, 0, -1));
        xy = Mixed(At(1, 1, 0), At(1, -1, 0), At(-1, 1, 0), At(-1, -1, 0));
        xz = Mixed(At(1, 0, 1), At(1, 0, -1), At(-1, 0, 1), At(-1, 0, -1));
        yz = Mixed(At(0, 1, 1), At(0, 1, -1), At(0, -1, 1), At(0, -1, -1));
    }

    /// <summary>Turns directions as <see cref="Apply"/> turns points, nearly a rotation.</summary>
    public Matrix3x3 Linear => first;

    /// <param name="frame">Null for a world that is its own map.</param>
    /// <param name="mapPoint">Where the polynomial is developed.</param>
    public static MapPolynomial MapFromWorld(MapFrame? frame, Vector3D mapPoint) => frame is null
        ? new MapPolynomial(static point => point, mapPoint)
        : new MapPolynomial(frame.MapFromWorld, frame.WorldFromMap(mapPoint));

    /// <param name="frame">Null for a world that is its own map.</param>
    /// <param name="mapPoint">Where the polynomial is developed.</param>
    public static MapPolynomial WorldFromMap(MapFrame? frame, Vector3D mapPoint) =>
        new(frame is null ? static point => point : frame.WorldFromMap, mapPoint);

    public Vector3D Apply(Vector3D point)
    {
        Vector3D d = point - center;
        return value + (first * d) + ((d.X * d.X) * xx) + ((d.Y * d.Y) * yy) + ((d.Z * d.Z) * zz)
            + ((d.X * d.Y) * xy) + ((d.X * d.Z) * xz) + ((d.Y * d.Z) * yz);
    }
}
