using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>The rectangle in plan that holds all ground a photo can show; everything, where the photo reaches the horizon.</summary>
internal readonly struct ViewFootprint
{
    private const int EdgeSamples = 8;
    private readonly double west, south, east, north;

    /// <param name="view">Photo and lens.</param>
    /// <param name="lowest">Height of the lowest ground, map coordinates.</param>
    /// <param name="mapFrame">Null when the ground is in world coordinates.</param>
    public ViewFootprint(OrthoView view, double lowest, MapFrame? mapFrame)
    {
        Vector3D centerInWorld = view.Shot.CameraFromWorld.Center;
        Vector3D center = mapFrame?.MapFromWorld(centerInWorld) ?? centerInWorld;
        (west, south, east, north) = (center.X, center.Y, center.X, center.Y);
        Matrix3x3 worldFromCamera = view.Shot.CameraFromWorld.Rotation.Transposed();
        for (int i = 0; i <= EdgeSamples; i++)
        {
            double x = (double)i / EdgeSamples * view.Camera.Width;
            double y = (double)i / EdgeSamples * view.Camera.Height;
            foreach (Vector2D pixel in new Vector2D[] { new(x, 0), new(x, view.Camera.Height), new(0, y), new(view.Camera.Width, y) })
            {
                Vector2D onPlane = view.Camera.Normalize(pixel);
                Vector3D ray = worldFromCamera * new Vector3D(onPlane.X, onPlane.Y, 1).Normalized();
                Vector3D far = centerInWorld + ((center.Z - lowest) * ray);
                Vector3D direction = (mapFrame?.MapFromWorld(far) ?? far) - center;
                double down = -direction.Z;
                if (!(down > 0.05 * direction.Length))
                {
                    (west, south, east, north) = (double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity);
                    return;
                }

                double scale = (center.Z - lowest) / down;
                west = Math.Min(west, center.X + (scale * direction.X));
                east = Math.Max(east, center.X + (scale * direction.X));
                south = Math.Min(south, center.Y + (scale * direction.Y));
                north = Math.Max(north, center.Y + (scale * direction.Y));
            }
        }

        // The first and the last row were seen from half the way before and after.
        double moved = 0.5 * view.Shot.ReadoutTravel.Length;
        (west, south, east, north) = (west - moved, south - moved, east + moved, north + moved);
    }

    /// <summary>Whether a rectangle may be seen. A photo shows less of higher ground, so relief changes nothing.</summary>
    public bool Touches(double left, double bottom, double right, double top) =>
        left <= east && right >= west && bottom <= north && top >= south;
}
