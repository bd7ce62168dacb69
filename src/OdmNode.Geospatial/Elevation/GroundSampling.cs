using OdmNode.Geometry.Cameras;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>The size of a photo's pixel on the ground.</summary>
public static class GroundSampling
{
    private const int NearestPoints = 9;

    /// <summary>
    /// Mean over the photos of (camera height − median height of the nine tie points nearest in plan) / focal length, metres.
    /// </summary>
    /// <returns>Null when no photo lies above tie points.</returns>
    public static double? Metres(Reconstruction reconstruction)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        double sum = 0;
        int count = 0;
        foreach (Shot shot in reconstruction.Shots)
        {
            if (Metres(reconstruction, shot) is { } size)
            {
                sum += size;
                count++;
            }
        }

        return count == 0 ? null : sum / count;
    }

    /// <summary>The same of one photo.</summary>
    public static double? Metres(Reconstruction reconstruction, Shot shot)
    {
        ArgumentNullException.ThrowIfNull(reconstruction);
        ArgumentNullException.ThrowIfNull(shot);
        Camera camera = reconstruction.CameraOf(shot);
        return HeightAboveGround(shot.CameraFromWorld.Center, reconstruction.Points.Positions) is { } height && height > 0
            ? height / (0.5 * (camera.FocalX + camera.FocalY))
            : null;
    }

    /// <summary>Cell size of a product: what was asked for, but not finer than 0.9 × the ground sampling distance unless that is to be ignored.</summary>
    /// <param name="requestedMetres">Option <c>orthophoto-resolution</c> or <c>dem-resolution</c>, metres.</param>
    /// <param name="gsdMetres">From <see cref="Metres(Reconstruction)"/>; null when unknown.</param>
    /// <param name="ignoreGsd">Option <c>ignore-gsd</c>.</param>
    public static double Resolution(double requestedMetres, double? gsdMetres, bool ignoreGsd) =>
        ignoreGsd || gsdMetres is not { } gsd ? requestedMetres : Math.Max(requestedMetres, 0.9 * gsd);

    private static double? HeightAboveGround(Vector3D center, Vector3D[] points)
    {
        Span<double> distances = stackalloc double[NearestPoints];
        Span<double> heights = stackalloc double[NearestPoints];
        int found = 0;
        foreach (Vector3D point in points)
        {
            double dx = point.X - center.X;
            double dy = point.Y - center.Y;
            double distance = (dx * dx) + (dy * dy);
            if (found == NearestPoints && distance >= distances[^1])
            {
                continue;
            }

            int place = found < NearestPoints ? found++ : NearestPoints - 1;
            while (place > 0 && distances[place - 1] > distance)
            {
                distances[place] = distances[place - 1];
                heights[place] = heights[place - 1];
                place--;
            }

            distances[place] = distance;
            heights[place] = point.Z;
        }

        if (found == 0)
        {
            return null;
        }

        Span<double> sorted = heights[..found];
        sorted.Sort();
        return center.Z - sorted[found / 2];
    }
}
