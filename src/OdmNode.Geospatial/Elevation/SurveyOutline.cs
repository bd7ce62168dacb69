using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>The area that a survey covers.</summary>
public static class SurveyOutline
{
    private const float EnoughMeasured = 0.3f;

    /// <summary>Convex hull of the ground that was measured: the coarse cells of which a good part has points, beside others of the kind.</summary>
    /// <returns>Null when nothing was measured.</returns>
    public static CropPolygon? Of(CoarseSurface surface)
    {
        ArgumentNullException.ThrowIfNull(surface);
        var corners = new List<Vector2D>();
        GroundGrid grid = surface.FineGrid;
        double size = CoarseSurface.Factor * grid.Resolution;
        for (int y = 0; y < surface.Height; y++)
        {
            for (int x = 0; x < surface.Width; x++)
            {
                if (!IsCovered(surface, x, y) || CoveredNeighbours(surface, x, y) < 2)
                {
                    continue;
                }

                double west = grid.West + (x * size);
                double north = grid.North - (y * size);
                corners.Add(new Vector2D(west, north));
                corners.Add(new Vector2D(west + size, north));
                corners.Add(new Vector2D(west, north - size));
                corners.Add(new Vector2D(west + size, north - size));
            }
        }

        return corners.Count == 0 ? null : CropPolygon.HullOf(corners);
    }

    /// <summary>ODM's <c>auto-boundary</c>: the convex hull of the camera positions, grown.</summary>
    /// <param name="positions">Camera centres in plan, in map coordinates.</param>
    /// <param name="distanceMetres">Option <c>auto-boundary-distance</c>; 0 takes 100 m for each centimetre of ground sampling distance.</param>
    /// <param name="gsdMetres">Ground sampling distance.</param>
    public static CropPolygon? OfCameras(IReadOnlyList<Vector2D> positions, double distanceMetres, double gsdMetres)
    {
        ArgumentNullException.ThrowIfNull(positions);
        return positions.Count == 0
            ? null
            : CropPolygon.HullOf(positions).Grown(distanceMetres > 0 ? distanceMetres : 100 * 100 * gsdMetres);
    }

    private static bool IsCovered(CoarseSurface surface, int x, int y) =>
        (uint)x < (uint)surface.Width && (uint)y < (uint)surface.Height
        && surface.MeasuredShare[(y * surface.Width) + x] >= EnoughMeasured;

    private static int CoveredNeighbours(CoarseSurface surface, int x, int y) =>
        (IsCovered(surface, x - 1, y) ? 1 : 0) + (IsCovered(surface, x + 1, y) ? 1 : 0)
        + (IsCovered(surface, x, y - 1) ? 1 : 0) + (IsCovered(surface, x, y + 1) ? 1 : 0);
}
