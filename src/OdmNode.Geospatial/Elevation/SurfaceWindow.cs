using System.Runtime.Intrinsics;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>The heights of a rectangle of cells of a grid, put together from tiles.</summary>
public sealed class SurfaceWindow
{
    private const double FractionSteps = 4096;

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
        var window = new SurfaceWindow(grid, cells, heights, new CellOrigin[heights.Length]);
        window.Lay(tiles);
        return window;
    }

    /// <summary>Heights that are given, of cells of which nothing else is known.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="cells">The rectangle.</param>
    /// <param name="heights">height × width metres; NaN where nothing is known.</param>
    internal static SurfaceWindow Of(GroundGrid grid, CellRectangle cells, float[] heights) => new(grid, cells, heights, []);

    /// <summary>Heights of a rectangle of another grid, taken from this window where the tiles of that grid do not say better.</summary>
    /// <param name="grid">The other grid.</param>
    /// <param name="cells">The rectangle wanted, cells of <paramref name="grid"/>.</param>
    /// <param name="tiles">Tiles of <paramref name="grid"/>; may leave parts of the rectangle out.</param>
    public SurfaceWindow Under(GroundGrid grid, CellRectangle cells, IEnumerable<ElevationTile> tiles)
    {
        var result = new SurfaceWindow(grid, cells, HeightsAt(grid, cells), OriginsAt(grid, cells));
        result.Lay(tiles);
        return result;
    }

    /// <summary>Heights at the cells of a rectangle of another grid: copied where the grids agree, else bilinear.</summary>
    /// <returns>height × width metres; NaN where this window knows nothing.</returns>
    public float[] HeightsAt(GroundGrid grid, CellRectangle cells)
    {
        ArgumentNullException.ThrowIfNull(grid);
        float[] result = new float[checked(cells.Width * cells.Height)];
        double scale = grid.Resolution / Grid.Resolution;
        (int[] columns, float[] us) = Places(((grid.EastingOf(cells.X) - Grid.West) / Grid.Resolution) - 0.5 - Cells.X, scale, cells.Width);
        (int[] rows, float[] vs) = Places(((Grid.North - grid.NorthingOf(cells.Y)) / Grid.Resolution) - 0.5 - Cells.Y, scale, cells.Height);
        bool isCopy = scale == 1 && us[0] == 0 && vs[0] == 0 && columns[^1] == columns[0] + cells.Width - 1;
        var lines = new InterpolatedLines(this, columns, us);
        for (int y = 0; y < cells.Height; y++)
        {
            Span<float> line = result.AsSpan(y * cells.Width, cells.Width);
            if (isCopy)
            {
                Copy(columns[0], rows[y], line);
            }
            else
            {
                lines.At(rows[y], vs[y], line);
            }
        }

        return result;
    }

    /// <summary>Origins of the nearest cells of this window, for the cells of a rectangle of another grid.</summary>
    public CellOrigin[] OriginsAt(GroundGrid grid, CellRectangle cells)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var result = new CellOrigin[checked(cells.Width * cells.Height)];
        int[] columns = [.. Enumerable.Range(cells.X, cells.Width).Select(x => ColumnOf(grid.EastingOf(x)))];
        for (int y = 0; y < cells.Height; y++)
        {
            int row = RowOf(grid.NorthingOf(cells.Y + y));
            for (int x = 0; x < cells.Width && (uint)row < (uint)Cells.Height; x++)
            {
                int column = columns[x];
                result[(y * cells.Width) + x] = (uint)column < (uint)Cells.Width ? Origins[(row * Cells.Width) + column] : CellOrigin.None;
            }
        }

        return result;
    }

    /// <summary>Height of the cell that holds a map position; NaN where nothing is known or beyond the window.</summary>
    public float HeightOf(double east, double north) => At(ColumnOf(east), RowOf(north));

    private int ColumnOf(double east) => (int)Math.Floor((east - Grid.West) / Grid.Resolution) - Cells.X;

    private int RowOf(double north) => (int)Math.Floor((Grid.North - north) / Grid.Resolution) - Cells.Y;

    private void Lay(IEnumerable<ElevationTile> tiles)
    {
        foreach (ElevationTile elevation in tiles)
        {
            GroundTile tile = elevation.Tile;
            if (tile.Grid != Grid)
            {
                throw new ArgumentException("A tile belongs to another grid than the window.", nameof(tiles));
            }

            if (!Cells.Intersects(tile))
            {
                continue;
            }

            int left = Math.Max(Cells.X, tile.X);
            int right = Math.Min(Cells.X + Cells.Width, tile.X + tile.Width);
            int bottom = Math.Min(Cells.Y + Cells.Height, tile.Y + tile.Height);
            for (int y = Math.Max(Cells.Y, tile.Y); y < bottom; y++)
            {
                int from = ((y - tile.Y) * tile.Width) + left - tile.X;
                int to = ((y - Cells.Y) * Cells.Width) + left - Cells.X;
                elevation.Heights.AsSpan(from, right - left).CopyTo(Heights.AsSpan(to));
                elevation.Origins.AsSpan(from, right - left).CopyTo(Origins.AsSpan(to));
            }
        }
    }

    /// <summary>Where samples a step apart fall: the cell before each, and how far beyond its centre, from 0 to 1.</summary>
    private static (int[] Cells, float[] Fractions) Places(double first, double step, int count)
    {
        int[] cells = new int[count];
        float[] fractions = new float[count];
        for (int i = 0; i < count; i++)
        {
            double place = first + (i * step);
            cells[i] = (int)Math.Floor(place + 1e-6);
            // In whole steps, so that windows that begin elsewhere give the same bits.
            fractions[i] = (float)(Math.Round(FractionSteps * Math.Max(0, place - cells[i])) / FractionSteps);
        }

        return (cells, fractions);
    }

    private void Copy(int column, int row, Span<float> line)
    {
        line.Fill(float.NaN);
        int left = Math.Clamp(-column, 0, line.Length);
        int right = Math.Clamp(Cells.Width - column, left, line.Length);
        if ((uint)row < (uint)Cells.Height)
        {
            Heights.AsSpan((row * Cells.Width) + column + left, right - left).CopyTo(line[left..]);
        }
    }

    private float At(int x, int y) =>
        (uint)x < (uint)Cells.Width && (uint)y < (uint)Cells.Height ? Heights[(y * Cells.Width) + x] : float.NaN;

    private static float Mix(float a, float b, float t) => float.IsNaN(a) ? b : float.IsNaN(b) ? a : a + (t * (b - a));

    /// <summary>Rows of the window at the columns of another grid; two that follow each other are kept, since finer rows lie between the same ones.</summary>
    private sealed class InterpolatedLines(SurfaceWindow window, int[] columns, float[] fractions)
    {
        private const int None = int.MinValue;
        private float[] upper = new float[columns.Length];
        private float[] lower = new float[columns.Length];
        private int upperRow = None;
        private int lowerRow = None;

        /// <param name="row">The row before.</param>
        /// <param name="fraction">How far beyond it, from 0 to 1.</param>
        /// <param name="line">Filled.</param>
        public void At(int row, float fraction, Span<float> line)
        {
            if (row == lowerRow)
            {
                (upper, lower, upperRow, lowerRow) = (lower, upper, lowerRow, upperRow);
            }
            else if (row != upperRow)
            {
                Interpolate(row, upper);
                upperRow = row;
            }

            if (!(fraction > 0))
            {
                upper.CopyTo(line);
                return;
            }

            if (lowerRow != row + 1)
            {
                Interpolate(row + 1, lower);
                lowerRow = row + 1;
            }

            Mix(upper, lower, fraction, line);
        }

        private void Interpolate(int row, float[] line)
        {
            if ((uint)row >= (uint)window.Cells.Height)
            {
                Array.Fill(line, float.NaN);
                return;
            }

            ReadOnlySpan<float> heights = window.Heights.AsSpan(row * window.Cells.Width, window.Cells.Width);
            for (int i = 0; i < line.Length; i++)
            {
                float left = At(heights, columns[i]);
                line[i] = fractions[i] > 0 ? SurfaceWindow.Mix(left, At(heights, columns[i] + 1), fractions[i]) : left;
            }
        }

        private static float At(ReadOnlySpan<float> heights, int column) => (uint)column < (uint)heights.Length ? heights[column] : float.NaN;

        private static void Mix(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float fraction, Span<float> line)
        {
            int i = 0;
            for (; i + Vector256<float>.Count <= line.Length; i += Vector256<float>.Count)
            {
                Vector256<float> a = Vector256.Create(upper[i..]);
                Vector256<float> b = Vector256.Create(lower[i..]);
                Vector256<float> mixed = a + (fraction * (b - a));
                mixed = Vector256.ConditionalSelect(Vector256.Equals(b, b), mixed, a);
                Vector256.ConditionalSelect(Vector256.Equals(a, a), mixed, b).CopyTo(line[i..]);
            }

            for (; i < line.Length; i++)
            {
                line[i] = SurfaceWindow.Mix(upper[i], lower[i], fraction);
            }
        }
    }
}
