using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Terrain;

/// <summary>
/// The lower side of a cloud in cells: a low percentile of the heights in a cell rather than the lowest, for points that stereo
/// matching puts below the ground are common, where a laser has hardly any.
/// </summary>
public static class LowSurface
{
    private const int OneIn = 10;
    private const int FewestPoints = 3;

    /// <summary>Heights of the cells of a tile; NaN where there are too few points.</summary>
    /// <param name="tile">The cells.</param>
    /// <param name="cloud">Points of the tile; others are passed over.</param>
    public static ElevationTile Of(GroundTile tile, PointCloud cloud)
    {
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(cloud);
        var cells = new (int Cell, float Height)[cloud.Count];
        int count = 0;
        for (int i = 0; i < cloud.Count; i++)
        {
            int x = (int)Math.Floor((cloud.Origin.X + cloud.Positions[3 * i] - tile.West) / tile.Grid.Resolution);
            int y = (int)Math.Floor((tile.North - cloud.Origin.Y - cloud.Positions[(3 * i) + 1]) / tile.Grid.Resolution);
            if ((uint)x < (uint)tile.Width && (uint)y < (uint)tile.Height)
            {
                cells[count++] = ((y * tile.Width) + x, (float)(cloud.Origin.Z + cloud.Positions[(3 * i) + 2]));
            }
        }

        cells.AsSpan(0, count).Sort();
        float[] heights = new float[tile.Width * tile.Height];
        Array.Fill(heights, float.NaN);
        for (int first = 0; first < count;)
        {
            int next = first + 1;
            while (next < count && cells[next].Cell == cells[first].Cell)
            {
                next++;
            }

            if (next - first >= FewestPoints)
            {
                heights[cells[first].Cell] = cells[first + ((next - first) / OneIn)].Height;
            }

            first = next;
        }

        return new ElevationTile(tile, heights, new CellOrigin[heights.Length]);
    }
}
