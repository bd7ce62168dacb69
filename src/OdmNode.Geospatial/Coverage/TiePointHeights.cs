using OdmNode.Geometry.Linear;

namespace OdmNode.Geospatial.Coverage;

/// <summary>A rough ground from tie points: good enough to ask what a photo shows, not for measuring.</summary>
internal sealed class TiePointHeights
{
    private const int Cells = 24;
    private const double TrimmedShare = 0.01;
    private const double Margin = 0.06;
    private const int LeastPoints = 4;
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

    /// <summary>
    /// Medians by cell, and of each cell and those around it, so that single trees do not count; cells without points take the
    /// mean of their neighbours, again and again.
    /// </summary>
    /// <param name="points">Map coordinates.</param>
    /// <param name="others">Places that the rectangle covers too.</param>
    public static TiePointHeights Of(Vector3D[] points, Vector2D[] others)
    {
        (double west, double east) = Extent([.. points.Select(p => p.X).Order()], [.. others.Select(p => p.X)]);
        (double south, double north) = Extent([.. points.Select(p => p.Y).Order()], [.. others.Select(p => p.Y)]);
        double[] sorted = [.. points.Select(p => p.Z).Order()];
        int trimmed = (int)(TrimmedShare * sorted.Length);
        var buckets = new List<double>?[Cells * Cells];
        foreach (Vector3D point in points)
        {
            int cell = CellOf(point.X, point.Y, west, south, east, north);
            if (cell >= 0 && point.Z >= sorted[trimmed] && point.Z <= sorted[^(trimmed + 1)])
            {
                (buckets[cell] ??= []).Add(point.Z);
            }
        }

        // Far from the cameras, the few points of a cell may all be wrong.
        double[] heights = [.. buckets.Select(values => values?.Count >= LeastPoints ? Median(values) : double.NaN)];
        Spread(heights);
        return new TiePointHeights(
            west, south, east, north, [.. heights.Select((_, cell) => Median([.. Around(cell).Select(other => heights[other])]))]);
    }

    /// <summary>Between the middles of the cells; beyond the outermost, the nearest. 0 without any point.</summary>
    public double At(double x, double y)
    {
        double column = Math.Clamp((Cells * (x - West) / Math.Max(East - West, double.Epsilon)) - 0.5, 0, Cells - 1);
        double row = Math.Clamp((Cells * (y - South) / Math.Max(North - South, double.Epsilon)) - 0.5, 0, Cells - 1);
        (int left, int lower) = (Math.Min(Cells - 2, (int)column), Math.Min(Cells - 2, (int)row));
        (double fx, double fy) = (column - left, row - lower);
        double Mixed(int line) => ((1 - fx) * heights[(line * Cells) + left]) + (fx * heights[(line * Cells) + left + 1]);
        return ((1 - fy) * Mixed(lower)) + (fy * Mixed(lower + 1));
    }

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

    /// <summary>Single points far away do not stretch the map; a margin keeps the outermost places off its frame.</summary>
    private static (double Low, double High) Extent(double[] sorted, double[] others)
    {
        int trimmed = (int)(TrimmedShare * sorted.Length);
        double low = Math.Min(sorted.Length == 0 ? 0 : sorted[trimmed], others.DefaultIfEmpty(double.MaxValue).Min());
        double high = Math.Max(sorted.Length == 0 ? 0 : sorted[^(trimmed + 1)], others.DefaultIfEmpty(double.MinValue).Max());
        double margin = Margin * (high - low);
        return (low - margin, high + margin);
    }

    private static double Median(List<double> values)
    {
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
