using OdmNode.Geospatial.Gdal;

namespace OdmNode.Geospatial.Tiles;

/// <summary>A mesh over a rectangle of a tile's pixels with the place of its nodes in a raster, linear between them.</summary>
internal sealed class TileNodes
{
    private readonly int step;
    private readonly int width;

    /// <param name="left">First column of pixels.</param>
    /// <param name="top">First row.</param>
    /// <param name="right">Behind the last column.</param>
    /// <param name="bottom">Behind the last row.</param>
    /// <param name="step">Pixels between nodes.</param>
    public TileNodes(int left, int top, int right, int bottom, int step)
    {
        (Left, Top, Right, Bottom) = (left, top, right, bottom);
        this.step = step;
        width = ((right - left - 1 + step - 1) / step) + 1;
        int height = ((bottom - top - 1 + step - 1) / step) + 1;
        // One node more than pixels need, so that there is always a next one.
        Columns = new double[++width * ++height];
        Rows = new double[Columns.Length];
    }

    public int Left { get; }

    public int Top { get; }

    public int Right { get; }

    public int Bottom { get; }

    /// <summary>For each node; cells of the raster.</summary>
    public double[] Columns { get; }

    /// <inheritdoc cref="Columns"/>
    public double[] Rows { get; }

    /// <summary>The pixel at whose centre a node lies.</summary>
    public (int X, int Y) PixelOf(int node) => (Left + (node % width * step), Top + (node / width * step));

    /// <summary>The place of a pixel's centre, cells.</summary>
    public (double Column, double Row) At(int x, int y)
    {
        (int nodeX, int restX) = Math.DivRem(x - Left, step);
        (int nodeY, int restY) = Math.DivRem(y - Top, step);
        (double right, double below) = ((double)restX / step, (double)restY / step);
        int node = (nodeY * width) + nodeX;
        return (Between(Columns, node, right, below), Between(Rows, node, right, below));
    }

    /// <summary>The cells within a distance of all pixels of some rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="radius">Cells.</param>
    /// <param name="level">Whose cells.</param>
    public CellWindow Window(int first, int end, double radius, PyramidLevel level)
    {
        int from = (first - Top) / step * width;
        int count = (((end - 1 - Top) / step) + 2) * width - from;
        (double left, double right) = RangeOf(Columns.AsSpan(from, count));
        (double top, double bottom) = RangeOf(Rows.AsSpan(from, count));
        (int x, int y) = ((int)Math.Clamp(Math.Floor(left - radius), 0, level.Width), (int)Math.Clamp(Math.Floor(top - radius), 0, level.Height));
        return new CellWindow(
            x, y, (int)Math.Clamp(Math.Ceiling(right + radius), 0, level.Width) - x, (int)Math.Clamp(Math.Ceiling(bottom + radius), 0, level.Height) - y);
    }

    private static (double Least, double Most) RangeOf(ReadOnlySpan<double> values)
    {
        (double least, double most) = (values[0], values[0]);
        foreach (double value in values)
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        return (least, most);
    }

    private double Between(double[] values, int node, double right, double below)
    {
        double upper = values[node] + (right * (values[node + 1] - values[node]));
        double lower = values[node + width] + (right * (values[node + width + 1] - values[node + width]));
        return upper + (below * (lower - upper));
    }
}
