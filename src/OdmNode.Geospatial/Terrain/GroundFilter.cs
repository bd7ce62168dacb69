using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Terrain;

/// <summary>Finds the ground under what stands on it, from the lower side of a cloud.</summary>
/// <remarks>
/// T. J. Pingel, K. C. Clarke, W. A. McBride, An improved simple morphological filter for the terrain classification of airborne
/// LIDAR data, ISPRS Journal of Photogrammetry and Remote Sensing 77 (2013). Each disk opens the surface itself rather than
/// what the last disk left, so a cell depends on nothing farther away than twice the window, and tiles agree at their borders.
/// </remarks>
public static class GroundFilter
{
    private const int PitRadius = 2;
    private const float PitMetres = 1.5f;
    private const int GroundLevels = 5;

    /// <summary>Cells around a rectangle that its ground depends on.</summary>
    public static int MarginCells(GroundOptions options, double cellMetres)
    {
        int ground = 2 << GroundLevels;
        int rectified = options.Rectify ? GroundRectifier.MarginCells(options.WindowMetres, cellMetres) : 0;
        return (2 * PitRadius) + (2 * LargestRadius(options, cellMetres)) + rectified + ground + 1;
    }

    /// <summary>The ground of a window, of use in all but <see cref="MarginCells"/> along its edges.</summary>
    /// <param name="window">The lower side of the cloud, from <see cref="LowSurface"/>.</param>
    /// <param name="options">What counts as ground.</param>
    /// <param name="cancellationToken">Asked once per size of the disk.</param>
    public static GroundSurface Filter(SurfaceWindow window, GroundOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(options);
        CellRectangle cells = window.Cells;
        float[] ground = WithoutPits(window.Heights, cells);
        float[] whole = (float[])ground.Clone();
        float[] last = whole;
        double cell = window.Grid.Resolution;
        for (int radius = 1; radius <= LargestRadius(options, cell); radius++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] opened = DiskMorphology.Open(whole, cells.Width, cells.Height, radius);
            float edge = (float)(options.NoiseMetres + (options.Slope * radius * cell));
            for (int i = 0; i < opened.Length; i++)
            {
                if (last[i] - opened[i] > edge)
                {
                    ground[i] = float.NaN;
                }
            }

            last = opened;
        }

        if (options.Rectify)
        {
            GroundRectifier.Rectify(ground, cells, options.WindowMetres, cell, cancellationToken);
        }

        PullPush.Fill(ground, cells.Width, cells.Height, cells.X, cells.Y, GroundLevels, static (_, _) => float.NaN);
        return new GroundSurface(window.Grid, cells, ground, options);
    }

    private static int LargestRadius(GroundOptions options, double cellMetres) =>
        Math.Max(1, (int)Math.Ceiling(options.WindowMetres / cellMetres));

    /// <summary>Cells far below all around them are mismatches; the ground has no such narrow holes.</summary>
    private static float[] WithoutPits(float[] heights, CellRectangle cells)
    {
        float[] closed = DiskMorphology.Close(heights, cells.Width, cells.Height, PitRadius);
        float[] result = (float[])heights.Clone();
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = closed[i] - heights[i] > PitMetres ? float.NaN : result[i];
        }

        return result;
    }
}
