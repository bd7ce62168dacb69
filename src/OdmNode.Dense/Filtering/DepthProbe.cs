using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Filtering;

/// <summary>Looks up in another photo's depth map what a depth of this photo should be.</summary>
internal sealed class DepthProbe
{
    private readonly float[] depths;
    private readonly PinholeCamera camera;
    private readonly PinholeCamera other;
    private readonly RigidTransform otherFromCamera;
    private readonly RigidTransform cameraFromOther;

    public DepthProbe(DepthMap map, DepthMap otherMap, RigidTransform otherFromCamera)
    {
        depths = otherMap.Depth;
        camera = map.Camera;
        other = otherMap.Camera;
        this.otherFromCamera = otherFromCamera;
        cameraFromOther = otherFromCamera.Inverse();
    }

    /// <param name="pixelX">Of this photo.</param>
    /// <param name="pixelY">Of this photo.</param>
    /// <param name="depth">Along z of this photo.</param>
    /// <param name="options">The limits of agreement.</param>
    /// <param name="theirs">Depth, along z of this photo, of the surface that the other photo sees there.</param>
    /// <returns>How far the two disagree, in units of the limits: up to 1 they agree; infinite where the other has no depth.</returns>
    public double Disagreement(double pixelX, double pixelY, double depth, ConsistencyOptions options, out double theirs)
    {
        theirs = 0;
        Vector3D inOther = otherFromCamera * camera.Unproject(pixelX, pixelY, depth);
        if (inOther.Z <= 0)
        {
            return double.PositiveInfinity;
        }

        Vector2D seen = other.Project(inOther);
        double found = DepthAt(seen.X - 0.5, seen.Y - 0.5, options.MaxRelativeDepth);
        double apart = Math.Abs(found - inOther.Z) / (options.MaxRelativeDepth * inOther.Z);
        if (!(found > 0) || apart > options.UnsureTolerance)
        {
            return double.PositiveInfinity;
        }

        Vector3D back = cameraFromOther * ((found / inOther.Z) * inOther);
        theirs = back.Z;
        return back.Z > 0
            ? Math.Max(apart, (camera.Project(back) - new Vector2D(pixelX, pixelY)).Length / options.MaxReprojectionPixels)
            : double.PositiveInfinity;
    }

    /// <summary>Bilinear where the four pixels are one surface, else the nearest; 0 where there is none.</summary>
    private double DepthAt(double x, double y, double maxRelative)
    {
        if (!(x > -0.5 && y > -0.5 && x < other.Width - 0.5 && y < other.Height - 0.5))
        {
            return 0;
        }

        int left = (int)Math.Floor(x);
        int top = (int)Math.Floor(y);
        double dx = x - left;
        double dy = y - top;
        int nearest = (Math.Clamp(dy < 0.5 ? top : top + 1, 0, other.Height - 1) * other.Width)
            + Math.Clamp(dx < 0.5 ? left : left + 1, 0, other.Width - 1);
        if (left < 0 || top < 0 || left + 1 >= other.Width || top + 1 >= other.Height)
        {
            return depths[nearest];
        }

        int corner = (top * other.Width) + left;
        float a = depths[corner], b = depths[corner + 1], c = depths[corner + other.Width], d = depths[corner + other.Width + 1];
        float low = MathF.Min(MathF.Min(a, b), MathF.Min(c, d));
        float high = MathF.Max(MathF.Max(a, b), MathF.Max(c, d));
        return low > 0 && high - low <= maxRelative * low
            ? ((1 - dy) * (((1 - dx) * a) + (dx * b))) + (dy * (((1 - dx) * c) + (dx * d)))
            : depths[nearest];
    }
}
