using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>Gives a height to every cell of a tile that was not measured.</summary>
public static class GapFiller
{
    /// <summary>Cells around a tile that its filling looks at.</summary>
    public const int MarginCells = 256;

    private const int Levels = 5;
    private const int BlockCells = 2;
    private const int ReachCells = 128;
    private const int SmoothingRounds = 16;
    private const int MostWallCells = 12;
    private const float WallSlope = 2;

    /// <summary>
    /// Continues the lower side of what lies around a gap, smoothly: the ground goes on to the wall that hides it, and water and lawn
    /// are closed from all sides. Gaps wider than the reach take the coarse surface in their middle.
    /// </summary>
    /// <param name="measured">The tile as measured; it begins at a multiple of <see cref="CoarseSurface.Factor"/>.</param>
    /// <param name="window">Measured heights of the tile and <see cref="MarginCells"/> around it.</param>
    /// <param name="coarse">Of the same grid.</param>
    /// <param name="stepMetres">A height difference that is an edge, not noise.</param>
    /// <param name="wallMetres">Distance in plan to which points of a wall stray from it; cells between its top and its foot are filled anew.</param>
    public static ElevationTile Fill(
        ElevationTile measured, SurfaceWindow window, CoarseSurface coarse, float stepMetres, float wallMetres)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(coarse);
        GroundTile tile = measured.Tile;
        if (window.Cells != CellRectangle.Around(tile, MarginCells))
        {
            throw new ArgumentException($"The window must be the tile and {MarginCells} cells around it.", nameof(window));
        }

        CellRectangle cells = window.Cells;
        float[] known = (float[])window.Heights.Clone();
        int wallCells = Math.Min(MostWallCells, (int)Math.Round(wallMetres / tile.Grid.Resolution));
        float wallStep = Math.Max(stepMetres, WallSlope * wallCells * (float)tile.Grid.Resolution);
        StepCleaner.Clear(known, cells.Width, cells.Height, wallCells, wallStep);
        IslandCleaner.Clear(known, cells.Width, cells.Height, cells.X, cells.Y, tile.Grid.Resolution, stepMetres);
        var sides = GapSides.Of(
            known, cells.Width, cells.Height, (float)tile.Grid.Resolution, BlockCells, ReachCells / BlockCells, stepMetres);
        float[] filled = GC.AllocateUninitializedArray<float>(known.Length);
        bool[] isSource = GC.AllocateUninitializedArray<bool>(known.Length);
        for (int i = 0, y = 0; y < cells.Height; y++)
        {
            for (int x = 0; x < cells.Width; x++, i++)
            {
                isSource[i] = sides.IsSource(x, y, known[i]);
                filled[i] = isSource[i] ? known[i] : float.NaN;
            }
        }

        PullPush.Fill(filled, cells.Width, cells.Height, cells.X, cells.Y, Levels, coarse.Unmeasured);
        for (int i = 0; i < filled.Length; i++)
        {
            if (float.IsNaN(known[i]))
            {
                (int y, int x) = Math.DivRem(i, cells.Width);
                float height = float.IsNaN(filled[i]) ? coarse.HeightAt(cells.X + x, cells.Y + y) : filled[i];
                filled[i] = sides.Held(x, y, height);
            }
            else if (!isSource[i])
            {
                filled[i] = float.NaN;
            }
        }

        GapSmoother.Smooth(filled, isSource, cells.Width, cells.Height, SmoothingRounds);
        float[] heights = (float[])measured.Heights.Clone();
        var origins = (CellOrigin[])measured.Origins.Clone();
        for (int i = 0; i < heights.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, tile.Width);
            int cell = ((y + MarginCells) * cells.Width) + x + MarginCells;
            if (float.IsNaN(known[cell]))
            {
                heights[i] = filled[cell];
                origins[i] = CellOrigin.Filled;
            }
        }

        return new ElevationTile(tile, heights, origins);
    }
}
