using OdmNode.Geometry.Linear;

namespace OdmNode.Geometry.TwoView;

/// <summary>Moves points to mean 0 and mean distance √2, so that linear systems over them are well conditioned.</summary>
/// <remarks>R. Hartley, In defense of the eight-point algorithm, PAMI 19 (1997).</remarks>
internal static class PointNormalization
{
    /// <summary>The map (x, y, 1) → (s x + tx, s y + ty, 1).</summary>
    public static Matrix3x3 Of(ReadOnlySpan<Vector3D> points)
    {
        (double x, double y) = (0, 0);
        foreach (Vector3D point in points)
        {
            (x, y) = (x + point.X, y + point.Y);
        }

        (x, y) = (x / points.Length, y / points.Length);
        double distance = 0;
        foreach (Vector3D point in points)
        {
            distance += Math.Sqrt(((point.X - x) * (point.X - x)) + ((point.Y - y) * (point.Y - y)));
        }

        double scale = distance > 0 ? Math.Sqrt(2) * points.Length / distance : 1;
        return new Matrix3x3(scale, 0, -scale * x, 0, scale, -scale * y, 0, 0, 1);
    }
}
