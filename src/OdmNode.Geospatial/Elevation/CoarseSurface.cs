using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>
/// The survey at a coarse resolution, without gaps: what lies under holes too wide for a tile's margin, the range of heights,
/// and where anything was measured.
/// </summary>
public sealed class CoarseSurface
{
    /// <summary>Cells of the fine grid along the edge of a coarse cell.</summary>
    public const int Factor = 32;

    private const float StepMetres = 1;
    private readonly float[] heights;
    private readonly float[] share;

    private CoarseSurface(GroundGrid fineGrid, int width, int height, float[] heights, float[] share, float lowest, float highest)
    {
        FineGrid = fineGrid;
        Width = width;
        Height = height;
        this.heights = heights;
        this.share = share;
        Lowest = lowest;
        Highest = highest;
    }

    public GroundGrid FineGrid { get; }

    /// <summary>Coarse columns.</summary>
    public int Width { get; }

    /// <summary>Coarse rows.</summary>
    public int Height { get; }

    /// <summary>Lowest and highest measured height, metres; both 0 when nothing was measured.</summary>
    public float Lowest { get; }

    /// <inheritdoc cref="Lowest"/>
    public float Highest { get; }

    /// <summary>Height × width metres, rows from the north; no gaps.</summary>
    public ReadOnlySpan<float> Heights => heights;

    /// <summary>Height × width shares of measured fine cells, 0 to 1.</summary>
    public ReadOnlySpan<float> MeasuredShare => share;

    /// <summary>Sums up the measured tiles of a grid. Tile sizes must be multiples of <see cref="Factor"/>.</summary>
    /// <param name="fineGrid">The grid of the tiles.</param>
    /// <param name="measured">Every tile of the grid, in any order; from <see cref="ElevationRasterizer"/>.</param>
    public static CoarseSurface Build(GroundGrid fineGrid, IEnumerable<ElevationTile> measured)
    {
        ArgumentNullException.ThrowIfNull(fineGrid);
        ArgumentNullException.ThrowIfNull(measured);
        int width = (fineGrid.Width + Factor - 1) / Factor;
        int height = (fineGrid.Height + Factor - 1) / Factor;
        float[] heights = new float[width * height];
        float[] share = new float[heights.Length];
        Array.Fill(heights, float.NaN);
        float lowest = float.PositiveInfinity;
        float highest = float.NegativeInfinity;
        var values = new List<float>(Factor * Factor);
        foreach (ElevationTile tile in measured)
        {
            if (tile.Tile.X % Factor != 0 || tile.Tile.Y % Factor != 0)
            {
                throw new ArgumentException($"Tiles must begin at multiples of {Factor} cells.", nameof(measured));
            }

            for (int y = 0; y < tile.Tile.Height; y += Factor)
            {
                for (int x = 0; x < tile.Tile.Width; x += Factor)
                {
                    Collect(tile, x, y, values);
                    int cell = ((tile.Tile.Y + y) / Factor * width) + ((tile.Tile.X + x) / Factor);
                    share[cell] = values.Count / (float)(Factor * Factor);
                    if (values.Count > 0)
                    {
                        values.Sort();

                        // Gaps are mostly ground hidden beside something tall, so the lower part of a cell stands for it.
                        heights[cell] = values[values.Count / 4];
                        lowest = Math.Min(lowest, values[0]);
                        highest = Math.Max(highest, values[^1]);
                    }
                }
            }
        }

        FillGaps(heights, width, height, (float)(Factor * fineGrid.Resolution));
        bool any = highest >= lowest;
        return new CoarseSurface(fineGrid, width, height, heights, share, any ? lowest : 0, any ? highest : 0);
    }

    /// <summary>Bilinear height at a (fractional) fine cell, metres.</summary>
    public float HeightAt(double fineColumn, double fineRow)
    {
        double x = Math.Clamp(((fineColumn + 0.5) / Factor) - 0.5, 0, Width - 1);
        double y = Math.Clamp(((fineRow + 0.5) / Factor) - 0.5, 0, Height - 1);
        int x0 = (int)x;
        int y0 = (int)y;
        int x1 = Math.Min(x0 + 1, Width - 1);
        int y1 = Math.Min(y0 + 1, Height - 1);
        float u = (float)(x - x0);
        float v = (float)(y - y0);
        float top = heights[(y0 * Width) + x0] + (u * (heights[(y0 * Width) + x1] - heights[(y0 * Width) + x0]));
        float bottom = heights[(y1 * Width) + x0] + (u * (heights[(y1 * Width) + x1] - heights[(y1 * Width) + x0]));
        return top + (v * (bottom - top));
    }

    /// <summary>Height of a coarse cell in which nothing was measured; NaN for others and beyond the grid.</summary>
    internal float Unmeasured(int column, int row) =>
        (uint)column < (uint)Width && (uint)row < (uint)Height && share[(row * Width) + column] == 0
            ? heights[(row * Width) + column] : float.NaN;

    /// <summary>Gaps continue the lower of the surfaces around them.</summary>
    private static void FillGaps(float[] heights, int width, int height, float cellMetres)
    {
        var sides = GapSides.Of(heights, width, height, cellMetres, 1, int.MaxValue, StepMetres);
        float[] filled = [.. heights.Select((value, i) => sides.IsSource(i % width, i / width, value) ? value : float.NaN)];
        PullPush.FillAll(filled, width, height);
        for (int i = 0; i < heights.Length; i++)
        {
            float value = float.IsNaN(filled[i]) ? 0 : filled[i];
            heights[i] = float.IsNaN(heights[i]) ? sides.Held(i % width, i / width, value) : heights[i];
        }
    }

    private static void Collect(ElevationTile tile, int x, int y, List<float> values)
    {
        values.Clear();
        int right = Math.Min(x + Factor, tile.Tile.Width);
        int bottom = Math.Min(y + Factor, tile.Tile.Height);
        for (int row = y; row < bottom; row++)
        {
            for (int i = (row * tile.Tile.Width) + x; i < (row * tile.Tile.Width) + right; i++)
            {
                if (tile.Origins[i] == CellOrigin.Measured)
                {
                    values.Add(tile.Heights[i]);
                }
            }
        }
    }
}
