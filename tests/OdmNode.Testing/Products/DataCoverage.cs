namespace OdmNode.Testing.Products;

/// <summary>How much of its own outline a raster fills.</summary>
/// <param name="OutlineCells">Cells in the convex hull of the cells with data.</param>
/// <param name="DataCells">Cells with data.</param>
public sealed record DataCoverage(double OutlineCells, long DataCells)
{
    /// <summary>1 is complete.</summary>
    public double Share => OutlineCells <= 0 ? 0 : Math.Min(1, DataCells / OutlineCells);

    /// <param name="raster">Values above 0 are data: the alpha band of an orthophoto.</param>
    public static DataCoverage Of(RasterFile raster)
    {
        ArgumentNullException.ThrowIfNull(raster);
        long count = 0;
        var corners = new List<(double X, double Y)>();
        for (int row = 0; row < raster.Height; row++)
        {
            ReadOnlySpan<float> cells = raster.Values.AsSpan(row * raster.Width, raster.Width);
            int first = -1;
            int last = -1;
            for (int column = 0; column < cells.Length; column++)
            {
                if (cells[column] > 0)
                {
                    first = first < 0 ? column : first;
                    last = column;
                    count++;
                }
            }

            if (first >= 0)
            {
                corners.AddRange([(first, row), (first, row + 1), (last + 1, row), (last + 1, row + 1)]);
            }
        }

        return new DataCoverage(HullArea(corners), count);
    }

    /// <summary>Andrew's monotone chain and the shoelace formula.</summary>
    private static double HullArea(List<(double X, double Y)> points)
    {
        points.Sort();
        var hull = new List<(double X, double Y)>();
        for (int pass = 0; pass < 2; pass++)
        {
            int start = hull.Count;
            foreach ((double X, double Y) point in points)
            {
                while (hull.Count >= start + 2 && Turn(hull[^2], hull[^1], point) <= 0)
                {
                    hull.RemoveAt(hull.Count - 1);
                }

                hull.Add(point);
            }

            if (hull.Count > start)
            {
                hull.RemoveAt(hull.Count - 1);
            }

            points.Reverse();
        }

        double area = 0;
        for (int i = 0; i < hull.Count; i++)
        {
            (double X, double Y) next = hull[(i + 1) % hull.Count];
            area += (hull[i].X * next.Y) - (next.X * hull[i].Y);
        }

        return Math.Abs(area) / 2;
    }

    private static double Turn((double X, double Y) a, (double X, double Y) b, (double X, double Y) c) =>
        ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
}
