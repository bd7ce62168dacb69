using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Terrain;

/// <summary>The ground of a whole survey, coarse and without gaps: how it goes on under buildings and woods of any size.</summary>
/// <remarks>
/// Gaps are stretched smoothly between their rims (a membrane): pull-push as the first guess, averaging of neighbours after it. Between
/// coarse cells the ground is a quadratic spline, so that no edges show where it is lit. The mean
/// of a cell that was measured in part is moved to its middle by the slope of the trend, round by round.
/// </remarks>
public sealed class TerrainTrend
{
    /// <summary>Cells of the fine grid along the edge of a coarse cell.</summary>
    public const int Factor = 32;

    private const int SmoothingRounds = 200;
    private const int SlopeRounds = 3;
    private readonly int width;
    private readonly int height;
    private readonly float[] heights;

    private TerrainTrend(int width, int height, float[] heights)
    {
        this.width = width;
        this.height = height;
        this.heights = heights;
    }

    /// <summary>Sums up the measured tiles of a grid. Tile sizes must be multiples of <see cref="Factor"/>.</summary>
    /// <param name="fineGrid">The grid of the tiles.</param>
    /// <param name="measured">Every tile that has heights of the ground, in any order.</param>
    public static TerrainTrend Build(GroundGrid fineGrid, IEnumerable<ElevationTile> measured)
    {
        ArgumentNullException.ThrowIfNull(fineGrid);
        ArgumentNullException.ThrowIfNull(measured);
        int width = (fineGrid.Width + Factor - 1) / Factor;
        int height = (fineGrid.Height + Factor - 1) / Factor;
        var cells = new MeasuredPart[width * height];
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
                    cells[((tile.Tile.Y + y) / Factor * width) + ((tile.Tile.X + x) / Factor)] = MeasuredPart.Of(tile, x, y);
                }
            }
        }

        bool[] isSource = [.. cells.Select(cell => cell.Count > 0)];
        float[] heights = new float[cells.Length];
        float[] slopes = new float[2 * cells.Length];
        for (int round = 0; round < SlopeRounds; round++)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                heights[i] = cells[i].HeightAtCentre(slopes[2 * i], slopes[(2 * i) + 1]);
            }

            PullPush.FillAll(heights, width, height);
            GapSmoother.Smooth(heights, isSource, width, height, SmoothingRounds);
            for (int i = 0; i < cells.Length; i++)
            {
                (int y, int x) = Math.DivRem(i, width);
                (int left, int right) = (Math.Max(0, x - 1), Math.Min(width - 1, x + 1));
                (int up, int down) = (Math.Max(0, y - 1), Math.Min(height - 1, y + 1));
                slopes[2 * i] = (heights[(y * width) + right] - heights[(y * width) + left]) / Math.Max(1, right - left);
                slopes[(2 * i) + 1] = (heights[(down * width) + x] - heights[(up * width) + x]) / Math.Max(1, down - up);
            }
        }

        return new TerrainTrend(width, height, heights);
    }

    /// <summary>Height at a fine cell, metres; NaN when nothing was measured anywhere.</summary>
    public float HeightAt(int fineColumn, int fineRow)
    {
        (int x, float x0, float x1, float x2) = Spline(fineColumn);
        (int y, float y0, float y1, float y2) = Spline(fineRow);
        return (y0 * Row(x, y - 1, x0, x1, x2)) + (y1 * Row(x, y, x0, x1, x2)) + (y2 * Row(x, y + 1, x0, x1, x2));
    }

    /// <summary>The coarse cell that a fine one lies in, and the weights of the one before, of it, and of the one after.</summary>
    private static (int Cell, float Before, float At, float After) Spline(int fine)
    {
        float place = (fine + 0.5f) / Factor;
        int cell = (int)MathF.Floor(place);
        float t = place - cell;
        return (cell, 0.5f * (1 - t) * (1 - t), 0.75f - ((t - 0.5f) * (t - 0.5f)), 0.5f * t * t);
    }

    private float Row(int x, int y, float before, float at, float after)
    {
        int row = Math.Clamp(y, 0, height - 1) * width;
        return (before * heights[row + Math.Clamp(x - 1, 0, width - 1)])
            + (at * heights[row + Math.Clamp(x, 0, width - 1)])
            + (after * heights[row + Math.Clamp(x + 1, 0, width - 1)]);
    }
}
