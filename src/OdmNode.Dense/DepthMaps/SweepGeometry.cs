using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.DepthMaps;

/// <summary>How one neighbour sees the depth planes of the reference, at one level.</summary>
/// <param name="NeighbourFromReference">Homography of pixels by the base surface.</param>
/// <param name="Epipole">A point of inverse depth δ above the base surface at reference pixel p has, in the neighbour
/// resampled by the homography, the homogeneous pixel p + δ · Epipole.</param>
/// <remarks>Plane plus parallax: Hartley and Zisserman, Multiple View Geometry, 2nd ed., section 13.3.</remarks>
internal sealed record SweepGeometry(Matrix3x3 NeighbourFromReference, Vector3D Epipole)
{
    /// <returns>Null where the neighbour lies on the base surface or beyond it.</returns>
    public static SweepGeometry? Of(
        in PinholeCamera reference,
        in PinholeCamera neighbour,
        in RigidTransform neighbourFromReference,
        in BaseSurface surface)
    {
        Vector3D translation = neighbourFromReference.Translation;
        Matrix3x3 outer = Matrix3x3.FromColumns(
            surface.Normal.X * translation, surface.Normal.Y * translation, surface.Normal.Z * translation);
        Matrix3x3 inFrames = neighbourFromReference.Rotation + outer;
        if (1 - Vector3D.Dot(surface.Normal, neighbourFromReference.Center) < 0.1)
        {
            return null;
        }

        Matrix3x3 homography = Calibration(neighbour) * inFrames * Calibration(reference).Inverse();
        Vector3D epipole = Calibration(reference) * (inFrames.Inverse() * translation);
        return new SweepGeometry(homography, epipole);
    }

    /// <summary>Pixels by which a unit of inverse depth moves a point in the middle of the picture.</summary>
    public double ShiftPerInverseDepth(in PinholeCamera reference) => new Vector2D(
        Epipole.X - (0.5 * reference.Width * Epipole.Z), Epipole.Y - (0.5 * reference.Height * Epipole.Z)).Length;

    /// <summary>The largest shift at the corners of the picture, pixels; infinite where the plane runs behind the neighbour.</summary>
    public double LargestShift(in PinholeCamera reference, double delta)
    {
        double scale = 1 + (delta * Epipole.Z);
        if (scale < 0.2)
        {
            return double.PositiveInfinity;
        }

        double largest = 0;
        foreach ((int x, int y) in (ReadOnlySpan<(int X, int Y)>)[(0, 0), (1, 0), (0, 1), (1, 1)])
        {
            double px = x * reference.Width;
            double py = y * reference.Height;
            double shiftX = Math.Abs(((px + (delta * Epipole.X)) / scale) - px);
            double shiftY = Math.Abs(((py + (delta * Epipole.Y)) / scale) - py);
            largest = Math.Max(largest, Math.Max(shiftX, shiftY));
        }

        return largest;
    }

    private static Matrix3x3 Calibration(in PinholeCamera camera) =>
        new(camera.Focal, 0, camera.CenterX, 0, camera.Focal, camera.CenterY, 0, 0, 1);
}
