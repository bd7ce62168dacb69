using OdmNode.Geometry.Linear;

namespace OdmNode.Geospatial.Coverage;

/// <summary>A rough ground from tie points: good enough to ask what a photo shows, not for measuring.</summary>
internal sealed class TiePointHeights
{
    private const int Cells = 24;
    private const double TrimmedShare = 0.01;
    private readonly double[] heights;

    private TiePointHeights(double west, double south, double east, double north, double[] heights)
    {
        (West, South, East, North) = (west, south, east, north);
        this.heights = heights;
    }

    public double West { get; }

    public double South { get; }

    public double East { get; }

    public double North { get; }

    /// <summary>Medians by cell; cells without points take the mean of their neighbours, again and again.</summary>
    /// <param name="points">Map coordinates.</param>
    /// <param name="cameras">Places that the rectangle covers too.</param>
    public static TiePointHeights Of(Vector3D[] points, Vector2D[] cameras)
    {
        (double west, double east) = Extent([.. points.Select(p => p.X).Order()], [.. cameras.Select(p => p.X)]);
        (double south, double north) = Extent([.. points.Select(p => p.Y).Order()], [.. cameras.Select(p => p.Y)]);
        var buckets = new List<double>?[Cells * Cells];
        foreach (Vector3D point in points)
        {
            int cell = CellOf(point.X, point.Y, west, south, east, north);
            if (cell >= 0)
            {
                (buckets[cell] ??= []).Add(point.Z);
            }
        }

        double[] heights = [.. buckets.Select(Median)];
        Spread(heights);
        return new TiePointHeights(west, south, east, north, heights);
    }

    /// <summary>The height of the cell; that of the nearest outside of the rectangle; 0 without any point.</summary>
    public double At(double x, double y) => heights[CellOf(
        Math.Clamp(x, West, East), Math.Clamp(y, South, North), West, South, East, North)];

    private static int CellOf(double x, double y, double west, double south, double east, double north)
    {
        if (!(x >= west && x <= east && y >= south && y <= north))
        {
            return -1;
        }

        int column = Math.Min(Cells - 1, (int)(Cells * (x - west) / Math.Max(east - west, double.Epsilon)));
        int row = Math.Min(Cells - 1, (int)(Cells * (y - south) / Math.Max(north - south, double.Epsilon)));
        return (row * Cells) + column;
    }

    /// <summary>Single points far away do not stretch the map.</summary>
    private static (double Low, double High) Extent(double[] sorted, double[] others)
    {
        int trimmed = (int)(TrimmedShare * sorted.Length);
        double low = Math.Min(sorted.Length == 0 ? 0 : sorted[trimmed], others.DefaultIfEmpty(double.MaxValue).Min());
        double high = Math.Max(sorted.Length == 0 ? 0 : sorted[^(trimmed + 1)], others.DefaultIfEmpty(double.MinValue).Max());
        return (low, high);
    }

    private static double Median(List<double>? values)
    {
        if (values is null)
        {
            return double.NaN;
        }

        values.Sort();
        return values[values.Count / 2];
    }

    private static void Spread(double[] heights)
    {
        if (heights.All(double.IsNaN))
        {
            Array.Clear(heights);
            return;
        }

        while (heights.Any(double.IsNaN))
        {
            double[] before = [.. heights];
            for (int cell = 0; cell < heights.Length; cell++)
            {
                double[] around = double.IsNaN(before[cell]) ? [.. Around(cell).Select(other => before[other]).Where(h => !double.IsNaN(h))] : [];
                heights[cell] = around.Length == 0 ? before[cell] : around.Average();
            }
        }
    }

    private static IEnumerable<int> Around(int cell)
    {
        (int row, int column) = (cell / Cells, cell % Cells);
        for (int y = Math.Max(0, row - 1); y <= Math.Min(Cells - 1, row + 1); y++)
        {
            for (int x = Math.Max(0, column - 1); x <= Math.Min(Cells - 1, column + 1); x++)
            {
                yield return (y * Cells) + x;
            }
        }
    }
}
