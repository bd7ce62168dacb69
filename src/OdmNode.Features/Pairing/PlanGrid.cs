using OdmNode.Geometry.Linear;

namespace OdmNode.Features.Pairing;

/// <summary>Nearest neighbours among points of the plane, by a grid of square cells with about two points each.</summary>
internal sealed class PlanGrid
{
    private readonly Vector2D[] points;
    private readonly Dictionary<(int X, int Y), List<int>> cells = [];
    private readonly double cellSize;
    private readonly int rings;

    public PlanGrid(Vector2D[] points)
    {
        this.points = points;
        (double minX, double maxX) = (points.Min(static p => p.X), points.Max(static p => p.X));
        (double minY, double maxY) = (points.Min(static p => p.Y), points.Max(static p => p.Y));
        double extent = Math.Max(maxX - minX, maxY - minY);
        double area = Math.Max((maxX - minX) * (maxY - minY), extent * extent / points.Length);
        cellSize = Math.Max(Math.Sqrt(2 * area / points.Length), 1e-6);
        rings = (int)Math.Ceiling(extent / cellSize) + 1;
        for (int i = 0; i < points.Length; i++)
        {
            (int, int) cell = CellOf(points[i]);
            if (!cells.TryGetValue(cell, out List<int>? members))
            {
                cells[cell] = members = [];
            }

            members.Add(i);
        }
    }

    /// <summary>The other points by distance, the nearest first, ties by index; at most <paramref name="count"/>.</summary>
    public IReadOnlyList<int> Nearest(int point, int count)
    {
        (int x, int y) = CellOf(points[point]);
        var candidates = new List<int>();
        for (int ring = 0; ring <= rings; ring++)
        {
            Collect(x, y, ring, candidates);
            // Whatever lies nearer than the finished rings has been seen.
            double seen = ring * cellSize;
            if (candidates.Count(other => other != point && (points[other] - points[point]).Length <= seen) >= count)
            {
                break;
            }
        }

        return [.. candidates
            .Where(other => other != point)
            .OrderBy(other => (points[other] - points[point]).LengthSquared)
            .ThenBy(static other => other)
            .Take(count)];
    }

    private void Collect(int x, int y, int ring, List<int> candidates)
    {
        for (int dy = -ring; dy <= ring; dy++)
        {
            int step = Math.Abs(dy) == ring ? 1 : Math.Max(1, 2 * ring);
            for (int dx = -ring; dx <= ring; dx += step)
            {
                if (cells.TryGetValue((x + dx, y + dy), out List<int>? members))
                {
                    candidates.AddRange(members);
                }
            }
        }
    }

    private (int X, int Y) CellOf(Vector2D point) =>
        ((int)Math.Floor(point.X / cellSize), (int)Math.Floor(point.Y / cellSize));
}
