using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Terrain;

/// <summary>Lets the ground go on where it was not seen: as the trend of the survey, joined without a step to what was measured.</summary>
public static class TerrainFiller
{
    /// <summary>Cells around a tile that its filling looks at.</summary>
    public const int MarginCells = (2 << Levels) + SmoothingRounds + 16;

    private const int Levels = 5;
    private const int SmoothingRounds = 16;

    /// <summary>
    /// The difference of the measured ground from the trend is carried into a gap and fades out there, so a gap of any size is closed from
    /// all of its sides, and tiles agree at their borders.
    /// </summary>
    /// <param name="tile">The cells wanted.</param>
    /// <param name="window">Measured ground of the tile and <see cref="MarginCells"/> around it.</param>
    /// <param name="trend">Of the same grid.</param>
    public static ElevationTile Fill(GroundTile tile, SurfaceWindow window, TerrainTrend trend)
    {
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(trend);
        CellRectangle cells = window.Cells;
        if (cells != CellRectangle.Around(tile, MarginCells))
        {
            throw new ArgumentException($"The window must be the tile and {MarginCells} cells around it.", nameof(window));
        }

        float[] above = new float[window.Heights.Length];
        bool[] isMeasured = new bool[above.Length];
        for (int i = 0; i < above.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, cells.Width);
            isMeasured[i] = !float.IsNaN(window.Heights[i]);
            above[i] = isMeasured[i] ? window.Heights[i] - trend.HeightAt(cells.X + x, cells.Y + y) : float.NaN;
        }

        PullPush.Fill(above, cells.Width, cells.Height, cells.X, cells.Y, Levels, static (_, _) => 0);
        GapSmoother.Smooth(above, isMeasured, cells.Width, cells.Height, SmoothingRounds);
        float[] heights = new float[tile.Width * tile.Height];
        var origins = new CellOrigin[heights.Length];
        for (int i = 0; i < heights.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, tile.Width);
            int at = ((y + MarginCells) * cells.Width) + x + MarginCells;
            heights[i] = isMeasured[at] ? window.Heights[at] : trend.HeightAt(tile.X + x, tile.Y + y) + above[at];
            origins[i] = float.IsNaN(heights[i]) ? CellOrigin.None : isMeasured[at] ? CellOrigin.Measured : CellOrigin.Filled;
        }

        return new ElevationTile(tile, heights, origins);
    }
}
