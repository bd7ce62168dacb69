using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Fusion;

/// <summary>Where the surface of a depth map lies on the map, and how fine it is there.</summary>
/// <param name="Bounds">Smallest rectangle around its points.</param>
/// <param name="LowestMetres">Lowest height.</param>
/// <param name="HighestMetres">Highest height.</param>
/// <param name="PixelMetres">Median size of a pixel on the surface, metres.</param>
public sealed record MapFootprint(MapRectangle Bounds, double LowestMetres, double HighestMetres, double PixelMetres)
{
    /// <returns>Null for a map without any depth.</returns>
    public static MapFootprint? Of(DepthMap map, MapFrame? frame)
    {
        ArgumentNullException.ThrowIfNull(map);
        RigidTransform worldFromCamera = map.CameraFromWorld.Inverse();
        double west = double.PositiveInfinity, south = west, low = west;
        double east = double.NegativeInfinity, north = east, high = east;
        var depths = new List<float>();
        PinholeCamera camera = map.Camera;
        const int step = 4;
        for (int y = 0; y < camera.Height; y += step)
        {
            for (int x = 0; x < camera.Width; x += step)
            {
                float depth = map.Depth[(y * camera.Width) + x];
                if (depth <= 0)
                {
                    continue;
                }

                Vector3D world = worldFromCamera * camera.Unproject(x + 0.5, y + 0.5, depth);
                Vector3D point = frame is null ? world : frame.MapFromWorld(world);
                (west, east) = (Math.Min(west, point.X), Math.Max(east, point.X));
                (south, north) = (Math.Min(south, point.Y), Math.Max(north, point.Y));
                (low, high) = (Math.Min(low, point.Z), Math.Max(high, point.Z));
                depths.Add(depth);
            }
        }

        if (depths.Count == 0)
        {
            return null;
        }

        depths.Sort();
        double pixel = depths[depths.Count / 2] / camera.Focal;

        // Only every few pixels were looked at, so the rectangle is widened by what lies between.
        double margin = step * depths[^1] / camera.Focal;
        var bounds = new MapRectangle(west - margin, south - margin, east + margin, north + margin);
        return new MapFootprint(bounds, low, high, pixel);
    }
}
