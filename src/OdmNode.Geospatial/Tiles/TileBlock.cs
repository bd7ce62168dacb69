namespace OdmNode.Geospatial.Tiles;

/// <summary>A rectangle of neighbouring tiles of one zoom.</summary>
/// <param name="Zoom">From 0.</param>
/// <param name="Column">First column.</param>
/// <param name="Row">First row, from the north.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Rows">Number of rows.</param>
public sealed record TileBlock(int Zoom, int Column, int Row, int Columns, int Rows)
{
    public int Count => Columns * Rows;

    /// <summary>Blocks of at most so many tiles a side that cover a rectangle, in reading order.</summary>
    public static IEnumerable<TileBlock> Covering(MercatorBox box, int zoom, int side)
    {
        var first = TileAddress.Holding(box.West, box.North, zoom);
        var last = TileAddress.Holding(box.East, box.South, zoom);
        for (int row = first.Row / side * side; row <= last.Row; row += side)
        {
            for (int column = first.Column / side * side; column <= last.Column; column += side)
            {
                (int left, int top) = (Math.Max(column, first.Column), Math.Max(row, first.Row));
                (int right, int bottom) = (Math.Min(column + side - 1, last.Column), Math.Min(row + side - 1, last.Row));
                yield return new TileBlock(zoom, left, top, right - left + 1, bottom - top + 1);
            }
        }
    }

    /// <summary>Its tiles in reading order.</summary>
    public IEnumerable<TileAddress> Tiles()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return new TileAddress(Zoom, Column + (i % Columns), Row + (i / Columns));
        }
    }
}
