using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>How densely points lie in plan; measured per tile and added up.</summary>
/// <param name="Points">Points counted.</param>
/// <param name="Cells">Cells of <paramref name="CellMetres"/> that hold a point.</param>
/// <param name="CellMetres">Edge of a cell, metres.</param>
public readonly record struct CloudDensity(long Points, long Cells, double CellMetres)
{
    /// <summary>Edge of the square that belongs to one point where there are points at all, metres; null without points.</summary>
    public double? SpacingMetres => Points == 0 ? null : CellMetres * Math.Sqrt((double)Cells / Points);

    public static CloudDensity operator +(CloudDensity a, CloudDensity b) =>
        new(a.Points + b.Points, a.Cells + b.Cells, a.CellMetres == 0 ? b.CellMetres : a.CellMetres);

    /// <summary>Counts the points of a cloud that lie inside a tile.</summary>
    /// <param name="tile">Points beyond it are passed over, so that tiles with margins add up.</param>
    /// <param name="cloud">Points in the coordinates of the grid.</param>
    /// <param name="cellMetres">A few point spacings; the same for all tiles of a survey.</param>
    public static CloudDensity Measure(GroundTile tile, PointCloud cloud, double cellMetres)
    {
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(cloud);
        int columns = (int)Math.Ceiling((tile.East - tile.West) / cellMetres);
        int rows = (int)Math.Ceiling((tile.North - tile.South) / cellMetres);
        bool[] seen = new bool[columns * rows];
        long points = 0;
        for (int i = 0; i < cloud.Count; i++)
        {
            double x = (cloud.Origin.X + cloud.Positions[3 * i] - tile.West) / cellMetres;
            double y = (tile.North - cloud.Origin.Y - cloud.Positions[(3 * i) + 1]) / cellMetres;
            if (x >= 0 && y >= 0 && x < columns && y < rows)
            {
                seen[((int)y * columns) + (int)x] = true;
                points++;
            }
        }

        return new CloudDensity(points, seen.LongCount(cell => cell), cellMetres);
    }
}
