using OdmNode.Dense.Fusion;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>A filtered depth map, made ready to be asked for distances from its surface.</summary>
public sealed class DistanceView
{
    private const float ScaleUnit = 1f / 128;
    private const float LeastScale = 0.15f;
    private readonly byte[] scales;

    /// <param name="map">Its confidence is the number of photos that agree.</param>
    /// <param name="bounds">Rectangle around its surface; the photo has no say beyond.</param>
    public DistanceView(DepthMap map, MapRectangle bounds)
    {
        ArgumentNullException.ThrowIfNull(map);
        Map = map;
        Bounds = bounds;
        scales = new byte[map.Depth.Length];
        FillScales();
    }

    public DepthMap Map { get; }

    public MapRectangle Bounds { get; }

    /// <summary>Distance from the tangent plane of a pixel for one metre of depth: smaller where the photo looks along the surface.</summary>
    internal float ScaleAt(int pixel) => ScaleUnit * scales[pixel];

    private void FillScales()
    {
        PinholeCamera camera = Map.Camera;
        float[] depth = Map.Depth;
        int width = camera.Width;
        for (int y = 0; y < camera.Height; y++)
        {
            double rayY = (y + 0.5 - camera.CenterY) / camera.Focal;
            for (int x = 0; x < width; x++)
            {
                int i = (y * width) + x;
                float d = depth[i];
                if (d <= 0)
                {
                    continue;
                }

                double slopeX = Slope(d, x > 0 ? depth[i - 1] : 0, x + 1 < width ? depth[i + 1] : 0);
                double slopeY = Slope(d, y > 0 ? depth[i - width] : 0, y + 1 < camera.Height ? depth[i + width] : 0);

                // The normal (slopeX, slopeY, −along) of the surface z(u, v) · (rayX, rayY, 1) meets the ray in −pixel.
                double pixel = d / camera.Focal;
                double along = pixel + (slopeX * (x + 0.5 - camera.CenterX) / camera.Focal) + (slopeY * rayY);
                double scale = pixel / Math.Sqrt((slopeX * slopeX) + (slopeY * slopeY) + (along * along));
                scales[i] = (byte)Math.Clamp(scale / ScaleUnit, LeastScale / ScaleUnit, 255);
            }
        }
    }

    /// <summary>The smaller change of depth to the two sides: an edge is not a slope.</summary>
    private static float Slope(float depth, float before, float after)
    {
        float back = before > 0 ? depth - before : float.PositiveInfinity;
        float forth = after > 0 ? after - depth : float.PositiveInfinity;
        float smaller = MathF.Abs(back) < MathF.Abs(forth) ? back : forth;
        return float.IsInfinity(smaller) ? 0 : smaller;
    }
}
