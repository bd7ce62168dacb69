using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>
/// Heights of ground cells from a point cloud: at every cell, the surface that most of the nearby points agree on, as a plane
/// fitted to them (moving least squares).
/// </summary>
/// <remarks>
/// Among the points around a cell, those on one side of a height step form one group; the group with the largest weight, which
/// falls with distance, decides. So an edge runs midway between the last points of a roof and the first of the ground, without
/// being rounded or shifted, and a stray point is outvoted. D. Levin, The approximation power of moving least-squares,
/// Mathematics of Computation 67 (1998).
/// </remarks>
public static class ElevationRasterizer
{
    /// <summary>Measures the cells of one tile; cells without enough points stay unknown.</summary>
    /// <param name="tile">The cells wanted.</param>
    /// <param name="clouds">Points of the tile and of <see cref="ElevationOptions.MarginMetres"/> around it, each point once.</param>
    /// <param name="options">Spacing and noise, the same for all tiles of a survey.</param>
    /// <param name="cancellationToken">Asked once per row of bins.</param>
    public static ElevationTile Rasterize(
        GroundTile tile, IReadOnlyList<PointCloud> clouds, ElevationOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(clouds);
        ArgumentNullException.ThrowIfNull(options);
        float[] heights = new float[tile.Width * tile.Height];
        Array.Fill(heights, float.NaN);
        double radius = Math.Max(1.0, options.PointSpacingMetres * options.FirstRadius / tile.Grid.Resolution);
        for (int step = 0; step < Math.Max(1, options.GapFillSteps); step++, radius *= Math.Sqrt(2))
        {
            // Bins as wide as the radius: a cell finds its neighbours in its own bin and the eight around it.
            var bins = new PointBins(tile, clouds, Math.Max(1, (int)Math.Ceiling(radius)), 1);
            int left = MeasureAll(tile, bins, (float)radius, options, heights, cancellationToken);
            if (left == 0)
            {
                break;
            }
        }

        var origins = new CellOrigin[heights.Length];
        for (int i = 0; i < heights.Length; i++)
        {
            origins[i] = float.IsNaN(heights[i]) ? CellOrigin.None : CellOrigin.Measured;
        }

        return new ElevationTile(tile, heights, origins);
    }

    private static int MeasureAll(
        GroundTile tile, PointBins bins, float radius, ElevationOptions options, float[] heights, CancellationToken cancellationToken)
    {
        int unknown = 0;
        var near = new PointNeighbourhood(radius, (float)tile.Grid.Resolution, (float)options.HeightNoiseMetres, options.MinimumPoints);
        for (int binRow = 1; binRow < bins.Rows - 1; binRow++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int binColumn = 1; binColumn < bins.Columns - 1; binColumn++)
            {
                int firstX = ((bins.FirstColumn + binColumn) * bins.BinCells) - tile.X;
                int firstY = ((bins.FirstRow + binRow) * bins.BinCells) - tile.Y;
                near.Gather(bins, binColumn, binRow);
                for (int y = Math.Max(0, firstY); y < Math.Min(tile.Height, firstY + bins.BinCells); y++)
                {
                    for (int x = Math.Max(0, firstX); x < Math.Min(tile.Width, firstX + bins.BinCells); x++)
                    {
                        ref float height = ref heights[(y * tile.Width) + x];
                        if (float.IsNaN(height))
                        {
                            height = near.HeightAt(x - firstX + 0.5f, y - firstY + 0.5f);
                            unknown += float.IsNaN(height) ? 1 : 0;
                        }
                    }
                }
            }
        }

        return unknown;
    }
}
