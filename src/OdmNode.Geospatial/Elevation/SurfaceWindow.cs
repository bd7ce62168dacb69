using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>The heights of a rectangle of cells of a grid, put together from tiles.</summary>
public sealed class SurfaceWindow
{
    private SurfaceWindow(GroundGrid grid, CellRectangle cells, float[] heights, CellOrigin[] origins)
    {
        Origins = origins;
        Grid = grid;
        Cells = cells;
        Heights = heights;
    }

    public GroundGrid Grid { get; }

    public CellRectangle Cells { get; }

    /// <summary>height × width metres; NaN where nothing is known or beyond the grid.</summary>
    public float[] Heights { get; }

    /// <summary>height × width values.</summary>
    public CellOrigin[] Origins { get; }

    /// <param name="grid">The grid of the tiles.</param>
    /// <param name="cells">The rectangle wanted.</param>
    /// <param name="tiles">At least those tiles that intersect the rectangle; others are passed over.</param>
    public static SurfaceWindow Assemble(GroundGrid grid, CellRectangle cells, IEnumerable<ElevationTile> tiles)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(tiles);
        float[] heights = new float[checked(cells.Width * cells.Height)];
        Array.Fill(heights, float.NaN);
        var origins = new CellOrigin[heights.Length];
        foreach (ElevationTile elevation in tiles)
        {
            GroundTile tile = elevation.Tile;
            if (tile.Grid != grid)
            {
                throw new ArgumentException("A tile belongs to another grid than the window.", nameof(tiles));
            }

            if (!cells.Intersects(tile))
            {
                continue;
            }

            int left = Math.Max(cells.X, tile.X);
            int right = Math.Min(cells.X + cells.Width, tile.X + tile.Width);
            int bottom = Math.Min(cells.Y + cells.Height, tile.Y + tile.Height);
            for (int y = Math.Max(cells.Y, tile.Y); y < bottom; y++)
            {
                int from = ((y - tile.Y) * tile.Width) + left - tile.X;
                int to = ((y - cells.Y) * cells.Width) + left - cells.X;
                elevation.Heights.AsSpan(from, right - left).CopyTo(heights.AsSpan(to));
                elevation.Origins.AsSpan(from, right - left).CopyTo(origins.AsSpan(to));
            }
        }

        return new SurfaceWindow(grid, cells, heights, origins);
    }

    /// <summary>Heights at the cells of a rectangle of another grid: copied where the grids agree, else bilinear.</summary>
    /// <returns>height × width metres; NaN where this window knows nothing.</returns>
    public float[] HeightsAt(GroundGrid grid, CellRectangle cells)
    {
        ArgumentNullException.ThrowIfNull(grid);
        float[] result = new float[checked(cells.Width * cells.Height)];
        double scale = grid.Resolution / Grid.Resolution;
        double firstColumn = ((grid.EastingOf(cells.X) - Grid.West) / Grid.Resolution) - 0.5 - Cells.X;
        double firstRow = ((Grid.North - grid.NorthingOf(cells.Y)) / Grid.Resolution) - 0.5 - Cells.Y;
        for (int y = 0; y < cells.Height; y++)
        {
            double row = firstRow + (y * scale);
            int row0 = (int)Math.Floor(row + 1e-6);
            float v = (float)Math.Max(0, row - row0);
            v = v < 1e-4f ? 0 : v;
            for (int x = 0; x < cells.Width; x++)
            {
                double column = firstColumn + (x * scale);
                int column0 = (int)Math.Floor(column + 1e-6);
                float u = (float)Math.Max(0, column - column0);
                u = u < 1e-4f ? 0 : u;
                result[(y * cells.Width) + x] = Bilinear(column0, row0, u, v);
            }
        }

        return result;
    }

    /// <summary>Origins of the nearest cells of this window, for the cells of a rectangle of another grid.</summary>
    public CellOrigin[] OriginsAt(GroundGrid grid, CellRectangle cells)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var result = new CellOrigin[checked(cells.Width * cells.Height)];
        for (int i = 0; i < result.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, cells.Width);
            int column = (int)Math.Floor((grid.EastingOf(cells.X + x) - Grid.West) / Grid.Resolution) - Cells.X;
            int row = (int)Math.Floor((Grid.North - grid.NorthingOf(cells.Y + y)) / Grid.Resolution) - Cells.Y;
            result[i] = (uint)column < (uint)Cells.Width && (uint)row < (uint)Cells.Height ? Origins[(row * Cells.Width) + column] : CellOrigin.None;
        }

        return result;
    }

    /// <summary>Height of the cell that holds a map position; NaN where nothing is known or beyond the window.</summary>
    public float HeightOf(double east, double north) => At(
        (int)Math.Floor((east - Grid.West) / Grid.Resolution) - Cells.X, (int)Math.Floor((Grid.North - north) / Grid.Resolution) - Cells.Y);

    private float Bilinear(int x, int y, float u, float v)
    {
        float top = Row(x, y, u);
        return v > 0 ? Mix(top, Row(x, y + 1, u), v) : top;
    }

    private float Row(int x, int y, float u) => u > 0 ? Mix(At(x, y), At(x + 1, y), u) : At(x, y);

    private static float Mix(float a, float b, float t) => float.IsNaN(a) ? b : float.IsNaN(b) ? a : a + (t * (b - a));

    private float At(int x, int y) =>
        (uint)x < (uint)Cells.Width && (uint)y < (uint)Cells.Height ? Heights[(y * Cells.Width) + x] : float.NaN;
}
