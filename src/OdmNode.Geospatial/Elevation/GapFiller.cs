using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>Gives a height to every cell of a tile that was not measured.</summary>
public static class GapFiller
{
    /// <summary>Cells around a tile that its filling looks at.</summary>
    public const int MarginCells = 128;

    private const int Levels = 5;

    /// <summary>
    /// Adds to the coarse surface what the measured cells around a gap differ from it, so that filled ground joins the measured
    /// without a step; cells farther than the margin from anything measured take the coarse height.
    /// </summary>
    /// <param name="measured">The tile as measured.</param>
    /// <param name="window">Measured heights of the tile and <see cref="MarginCells"/> around it.</param>
    /// <param name="coarse">Of the same grid.</param>
    /// <param name="stepMetres">A height difference that is an edge, not a slope; gaps beside an edge take its lower side.</param>
    public static ElevationTile Fill(ElevationTile measured, SurfaceWindow window, CoarseSurface coarse, float stepMetres)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(coarse);
        GroundTile tile = measured.Tile;
        if (window.Cells != CellRectangle.Around(tile, MarginCells))
        {
            throw new ArgumentException($"The window must be the tile and {MarginCells} cells around it.", nameof(window));
        }

        if (!measured.Origins.Contains(CellOrigin.None))
        {
            return measured;
        }

        CellRectangle cells = window.Cells;
        float[] residual = new float[window.Heights.Length];
        for (int y = 0; y < cells.Height; y++)
        {
            for (int x = 0; x < cells.Width; x++)
            {
                int i = (y * cells.Width) + x;
                float height = window.Heights[i];
                residual[i] = float.IsNaN(height) ? float.NaN : height - coarse.HeightAt(cells.X + x, cells.Y + y);
            }
        }

        PullPush.Fill(residual, cells.Width, cells.Height, cells.X, cells.Y, Levels, stepMetres);
        float[] heights = (float[])measured.Heights.Clone();
        var origins = (CellOrigin[])measured.Origins.Clone();
        for (int i = 0; i < heights.Length; i++)
        {
            if (origins[i] == CellOrigin.None)
            {
                (int y, int x) = Math.DivRem(i, tile.Width);
                heights[i] = residual[((y + MarginCells) * cells.Width) + x + MarginCells] + coarse.HeightAt(tile.X + x, tile.Y + y);
                origins[i] = CellOrigin.Filled;
            }
        }

        return new ElevationTile(tile, heights, origins);
    }
}
