using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Fusion;

/// <summary>Judges points by the photos that see through them.</summary>
/// <remarks>
/// A photo that sees a surface behind a point says that the point's place is empty; one that sees a surface at the point
/// says that it is not. P. Merrell et al., Real-time visibility-based fusion of depth maps, ICCV 2007.
/// </remarks>
internal sealed class FreeSpace
{
    private const int MostVotes = 5;
    private readonly DepthMap[] maps;
    private readonly MapPolynomial worldFromMap;
    private readonly FusionOptions options;

    public FreeSpace(IEnumerable<DepthMap> maps, MapPolynomial worldFromMap, FusionOptions options)
    {
        this.maps = [.. maps];
        this.worldFromMap = worldFromMap;
        this.options = options;
    }

    /// <summary>Whether the photos that see through the point outvote those that see a surface there.</summary>
    /// <param name="pointOnMap">The point.</param>
    /// <param name="reach">Pixels around its place in a photo at which the surface may show, at an edge or through noise.</param>
    /// <param name="tolerance">Share of the depth within which a surface is that of the point.</param>
    public bool IsEmpty(Vector3D pointOnMap, int reach, double tolerance)
    {
        Vector3D point = worldFromMap.Apply(pointOnMap);
        int votes = 0;
        foreach (DepthMap map in maps)
        {
            votes += Vote(map, point, reach, tolerance);
        }

        return votes < 0;
    }

    /// <summary>Positive for a surface at the point, negative for one behind it: the number of photos that agree on the surface.</summary>
    private int Vote(DepthMap map, Vector3D pointInWorld, int reach, double tolerance)
    {
        PinholeCamera camera = map.Camera;
        Vector3D point = map.CameraFromWorld * pointInWorld;
        if (point.Z <= 0)
        {
            return 0;
        }

        Vector2D place = camera.Project(point);
        if (!(place.X >= reach && place.Y >= reach && place.X < camera.Width - reach && place.Y < camera.Height - reach))
        {
            return 0;
        }

        float nearest = (float)(point.Z * (1 - tolerance));
        float farthest = (float)(point.Z * (1 + tolerance));
        int center = ((int)place.Y * camera.Width) + (int)place.X;
        int behind = map.Depth[center] > farthest && map.Confidence[center] >= options.MinViews ? map.Confidence[center] : 0;
        int at = 0;
        for (int dy = -reach; dy <= reach; dy++)
        {
            for (int dx = -reach; dx <= reach; dx++)
            {
                int pixel = center + (dy * camera.Width) + dx;
                float depth = map.Depth[pixel];
                if (depth > 0 && depth <= farthest)
                {
                    // What is nearer hides the point, and may be its own surface beyond an edge.
                    behind = 0;
                    at = depth >= nearest ? Math.Max(at, map.Confidence[pixel]) : at;
                }
            }
        }

        return Math.Min(at, MostVotes) - Math.Min(behind, MostVotes);
    }
}
