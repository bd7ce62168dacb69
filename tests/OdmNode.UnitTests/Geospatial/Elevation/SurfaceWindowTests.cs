using OdmNode.Geospatial.Elevation;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Elevation;

public class SurfaceWindowTests
{
    private static readonly GroundGrid Grid = GroundGrid.Covering(500_000, 5_000_000, 500_020, 5_000_020, 0.5);
    private static readonly GroundGrid Finer = GroundGrid.Covering(500_000, 5_000_000, 500_020, 5_000_020, 0.3);

    [Fact]
    public void Of_its_own_grid_it_gives_the_heights_that_it_holds()
    {
        var cells = new CellRectangle(5, 7, 20, 10);
        SurfaceWindow window = Window(cells);
        Assert.Equal(window.Heights, window.HeightsAt(Grid, cells));
        float[] around = window.HeightsAt(Grid, new CellRectangle(3, 6, 30, 12));
        for (int i = 0; i < around.Length; i++)
        {
            (int column, int row) = (3 + (i % 30), 6 + (i / 30));
            bool isInside = column >= cells.X && row >= cells.Y && column < cells.X + cells.Width && row < cells.Y + cells.Height;
            Assert.Equal(isInside ? Plane(Grid, column, row) : float.NaN, around[i]);
        }
    }

    [Fact]
    public void Between_its_cells_it_interpolates()
    {
        var cells = new CellRectangle(4, 4, 50, 50);
        float[] heights = Window(new CellRectangle(0, 0, Grid.Width, Grid.Height)).HeightsAt(Finer, cells);
        for (int i = 0; i < heights.Length; i++)
        {
            Assert.Equal(Plane(Finer, cells.X + (i % cells.Width), cells.Y + (i / cells.Width)), heights[i], 1e-3f);
        }
    }

    [Fact]
    public void Windows_that_begin_elsewhere_agree_to_the_last_bit()
    {
        var cells = new CellRectangle(20, 20, 15, 15);
        float[] one = Window(new CellRectangle(0, 0, Grid.Width, Grid.Height)).HeightsAt(Finer, cells);
        float[] other = Window(new CellRectangle(9, 10, 20, 19)).HeightsAt(Finer, cells);
        Assert.Equal(one, other);
        float[] larger = Window(new CellRectangle(0, 0, Grid.Width, Grid.Height)).HeightsAt(Finer, new CellRectangle(13, 20, 22, 15));
        Assert.Equal(one, larger.Where((_, i) => i % 22 >= 7));
    }

    [Fact]
    public void Tiles_of_a_finer_grid_count_where_there_are_any()
    {
        GroundTile tile = Finer.Tiles(16)[1];
        float[] sharp = [.. Enumerable.Repeat(99f, tile.Width * tile.Height)];
        var sharper = new ElevationTile(tile, sharp, [.. sharp.Select(_ => CellOrigin.Filled)]);
        var cells = new CellRectangle(8, 4, 20, 20);
        SurfaceWindow ground = Window(new CellRectangle(0, 0, Grid.Width, Grid.Height)).Under(Finer, cells, [sharper]);
        for (int i = 0; i < ground.Heights.Length; i++)
        {
            (int column, int row) = (cells.X + (i % cells.Width), cells.Y + (i / cells.Width));
            bool isSharp = column >= tile.X && row < tile.Height;
            Assert.Equal(isSharp ? 99 : Plane(Finer, column, row), ground.Heights[i], 1e-3f);
            Assert.Equal(isSharp ? CellOrigin.Filled : CellOrigin.Measured, ground.Origins[i]);
        }
    }

    private static SurfaceWindow Window(CellRectangle cells)
    {
        GroundTile tile = Grid.Tiles(1024)[0];
        float[] heights = [.. Enumerable.Range(0, tile.Width * tile.Height).Select(i => Plane(Grid, i % tile.Width, i / tile.Width))];
        return SurfaceWindow.Assemble(Grid, cells, [new ElevationTile(tile, heights, [.. heights.Select(_ => CellOrigin.Measured)])]);
    }

    private static float Plane(GroundGrid grid, int column, int row) =>
        (float)(20 + (0.3 * (grid.EastingOf(column) - Grid.West)) - (0.2 * (Grid.North - grid.NorthingOf(row))));
}
