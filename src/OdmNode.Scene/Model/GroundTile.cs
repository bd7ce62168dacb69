namespace OdmNode.Scene.Model;

/// <summary>A rectangle of cells of a <see cref="GroundGrid"/>: the unit of work after the depth maps.</summary>
/// <param name="Grid">The grid it is cut from.</param>
/// <param name="TileColumn">Counted from the west.</param>
/// <param name="TileRow">Counted from the north.</param>
/// <param name="X">First column in the grid.</param>
/// <param name="Y">First row in the grid.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public sealed record GroundTile(GroundGrid Grid, int TileColumn, int TileRow, int X, int Y, int Width, int Height)
{
    /// <summary>Stable name of the unit.</summary>
    public string Name => FormattableString.Invariant($"tile-{TileColumn:D4}-{TileRow:D4}");

    public double West => Grid.West + (X * Grid.Resolution);

    public double East => Grid.West + ((X + Width) * Grid.Resolution);

    public double North => Grid.North - (Y * Grid.Resolution);

    public double South => Grid.North - ((Y + Height) * Grid.Resolution);
}
