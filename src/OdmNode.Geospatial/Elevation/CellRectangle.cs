using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.Elevation;

/// <summary>A rectangle of cells of a grid; may reach beyond the grid's edges.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct CellRectangle(int X, int Y, int Width, int Height)
{
    /// <summary>The cells of a tile and of a margin around it.</summary>
    public static CellRectangle Around(GroundTile tile, int marginCells)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return new CellRectangle(
            tile.X - marginCells, tile.Y - marginCells, tile.Width + (2 * marginCells), tile.Height + (2 * marginCells));
    }

    /// <summary>The cells of another grid that a tile and a margin around it need, for interpolation too.</summary>
    public static CellRectangle Around(GroundGrid grid, GroundTile tile, double marginMetres)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(tile);
        int left = (int)Math.Floor((tile.West - marginMetres - grid.West) / grid.Resolution) - 1;
        int right = (int)Math.Ceiling((tile.East + marginMetres - grid.West) / grid.Resolution) + 1;
        int top = (int)Math.Floor((grid.North - tile.North - marginMetres) / grid.Resolution) - 1;
        int bottom = (int)Math.Ceiling((grid.North - tile.South + marginMetres) / grid.Resolution) + 1;
        return new CellRectangle(left, top, right - left, bottom - top);
    }

    public bool Intersects(GroundTile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return tile.X < X + Width && tile.X + tile.Width > X && tile.Y < Y + Height && tile.Y + tile.Height > Y;
    }
}
