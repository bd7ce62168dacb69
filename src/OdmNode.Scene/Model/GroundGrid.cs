namespace OdmNode.Scene.Model;

/// <summary>
/// The cells that a survey's rasters are made of: square, north up, row 0 in the north, in full map coordinates
/// (world coordinates where there is no map).
/// </summary>
/// <param name="West">Left edge of column 0, metres. A whole multiple of <paramref name="Resolution"/>.</param>
/// <param name="North">Top edge of row 0, metres. A whole multiple of <paramref name="Resolution"/>.</param>
/// <param name="Resolution">Edge of a cell, metres.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public sealed record GroundGrid(double West, double North, double Resolution, int Width, int Height)
{
    public double East => West + (Width * Resolution);

    public double South => North - (Height * Resolution);

    /// <summary>The smallest grid that covers a rectangle.</summary>
    public static GroundGrid Covering(double west, double south, double east, double north, double resolution)
    {
        double left = Math.Floor(west / resolution);
        double top = Math.Ceiling(north / resolution);
        int width = Math.Max(1, (int)(Math.Ceiling(east / resolution) - left));
        int height = Math.Max(1, (int)(top - Math.Floor(south / resolution)));
        return new GroundGrid(left * resolution, top * resolution, resolution, width, height);
    }

    /// <summary>Easting of the centre of a column, metres.</summary>
    public double EastingOf(double column) => West + ((column + 0.5) * Resolution);

    /// <summary>Northing of the centre of a row, metres.</summary>
    public double NorthingOf(double row) => North - ((row + 0.5) * Resolution);

    /// <summary>Square tiles in reading order; those at the right and lower edge may be smaller.</summary>
    /// <param name="tileSize">Cells along an edge.</param>
    public IReadOnlyList<GroundTile> Tiles(int tileSize)
    {
        var tiles = new List<GroundTile>();
        for (int row = 0; row * tileSize < Height; row++)
        {
            for (int column = 0; column * tileSize < Width; column++)
            {
                int x = column * tileSize;
                int y = row * tileSize;
                tiles.Add(new GroundTile(this, column, row, x, y, Math.Min(tileSize, Width - x), Math.Min(tileSize, Height - y)));
            }
        }

        return tiles;
    }
}
