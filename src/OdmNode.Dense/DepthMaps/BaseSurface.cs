using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.DepthMaps;

/// <summary>
/// The plane that the depth planes of a photo are counted from: inverse depth = Normal · (x, y, 1) at the point (x, y) of
/// the camera's plane z = 1. Points X of the plane have Normal · X = 1.
/// </summary>
/// <param name="Normal">In the camera frame, per unit of depth.</param>
/// <remarks>Sweeping planes near the ground's own slope lets flat ground keep one plane, also in oblique photos.</remarks>
internal readonly record struct BaseSurface(Vector3D Normal)
{
    private const int Iterations = 10;

    public double InverseDepth(double x, double y) => (Normal.X * x) + (Normal.Y * y) + Normal.Z;

    /// <summary>
    /// Fits the plane to tie points, each weighing less the further it lies off (Cauchy); a plane that does not lie well
    /// in front of the camera in the whole picture gives way to one of constant depth.
    /// </summary>
    public static BaseSurface Fit(Vector3D[] pointsInCamera, in PinholeCamera camera)
    {
        double[] inverse = [.. pointsInCamera.Select(static point => 1 / point.Z)];
        double[] sorted = [.. inverse];
        Array.Sort(sorted);
        double median = sorted[sorted.Length / 2];
        var flat = new BaseSurface(new Vector3D(0, 0, median));
        BaseSurface surface = flat;
        double[] residuals = new double[inverse.Length];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            for (int i = 0; i < inverse.Length; i++)
            {
                Vector3D point = pointsInCamera[i];
                residuals[i] = Math.Abs(inverse[i] - surface.InverseDepth(point.X / point.Z, point.Y / point.Z));
            }

            surface = Solve(pointsInCamera, inverse, residuals, 1e-4 * median) ?? flat;
        }

        return surface.LiesInFront(camera, median) ? surface : flat;
    }

    private static BaseSurface? Solve(Vector3D[] points, double[] inverse, double[] residuals, double leastScale)
    {
        double[] sorted = [.. residuals];
        Array.Sort(sorted);
        double scale = Math.Max(leastScale, 2 * sorted[sorted.Length / 2]);
        double xx = 0, xy = 0, x1 = 0, yy = 0, y1 = 0, one = 0;
        Vector3D right = Vector3D.Zero;
        for (int i = 0; i < points.Length; i++)
        {
            double weight = 1 / (1 + Math.Pow(residuals[i] / scale, 2));
            double x = points[i].X / points[i].Z;
            double y = points[i].Y / points[i].Z;
            (xx, xy, x1) = (xx + (weight * x * x), xy + (weight * x * y), x1 + (weight * x));
            (yy, y1, one) = (yy + (weight * y * y), y1 + (weight * y), one + weight);
            right += (weight * inverse[i]) * new Vector3D(x, y, 1);
        }

        // A weak pull towards constant depth settles what points on one line leave open.
        double ridge = 1e-4 * one;
        Vector3D solution = new Matrix3x3(xx + ridge, xy, x1, xy, yy + ridge, y1, x1, y1, one).Inverse() * right;
        return double.IsFinite(solution.LengthSquared) ? new BaseSurface(solution) : null;
    }

    private bool LiesInFront(in PinholeCamera camera, double median)
    {
        foreach ((int x, int y) in (ReadOnlySpan<(int X, int Y)>)[(0, 0), (1, 0), (0, 1), (1, 1)])
        {
            Vector3D ray = camera.Unproject(x * camera.Width, y * camera.Height, 1);
            if (InverseDepth(ray.X, ray.Y) < 0.3 * median)
            {
                return false;
            }
        }

        return true;
    }
}
