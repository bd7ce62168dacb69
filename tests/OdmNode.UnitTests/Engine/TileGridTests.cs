using OdmNode.Engine.Stages;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Engine;

public class TileGridTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 8)]
    [InlineData(16, 16)]
    public void Tiles_that_follow_one_another_on_the_curve_are_neighbours(int columns, int rows)
    {
        GroundTile[] tiles = [.. Of(columns, rows).AlongCurve()];
        Assert.Equal(columns * rows, tiles.Distinct().Count());
        Assert.All(tiles.Zip(tiles.Skip(1)), pair =>
            Assert.Equal(1, Math.Abs(pair.First.TileColumn - pair.Second.TileColumn) + Math.Abs(pair.First.TileRow - pair.Second.TileRow)));
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(1, 9)]
    public void Every_tile_lies_on_the_curve_once(int columns, int rows)
    {
        TileGrid grid = Of(columns, rows);
        Assert.Equal(grid.Tiles().ToHashSet(), [.. grid.AlongCurve()]);
        Assert.Equal(columns * rows, grid.AlongCurve().Count());
    }

    private static TileGrid Of(int columns, int rows) => new(new GroundGrid(0, 0, 0.5, (columns * 10) - 3, (rows * 10) - 9), 10);
}
