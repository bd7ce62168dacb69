using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Terrain;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Terrain;

/// <summary>A hillside whose ground is a formula, with a house-sized hole and a wood-sized one.</summary>
public class TerrainFillerTests
{
    private const int TileCells = 256;
    private static readonly GroundGrid Grid = new(500000, 4100000, 0.25, 1024, 768);

    [Fact]
    public void The_ground_goes_on_through_holes_of_any_size()
    {
        double worstInHouse = 0;
        double worstInWood = 0;
        foreach (ElevationTile tile in Filled(TileCells))
        {
            for (int i = 0; i < tile.Heights.Length; i++)
            {
                (int x, int y) = (tile.Tile.X + (i % tile.Tile.Width), tile.Tile.Y + (i / tile.Tile.Width));
                double error = Math.Abs(tile.Heights[i] - HeightOf(x, y));
                worstInHouse = IsHouse(x, y) ? Math.Max(worstInHouse, error) : worstInHouse;
                worstInWood = IsWood(x, y) ? Math.Max(worstInWood, error) : worstInWood;
                Assert.Equal(IsHouse(x, y) || IsWood(x, y) ? CellOrigin.Filled : CellOrigin.Measured, tile.Origins[i]);
            }
        }

        // The hill bends by 0.25 m over the 12 m of the house, and by 6 m over the 75 m of the wood.
        Assert.True(worstInHouse < 0.25, $"{worstInHouse} m");
        Assert.True(worstInWood < 2.5, $"{worstInWood} m");
    }

    [Fact]
    public void No_step_shows_where_a_hole_begins()
    {
        ElevationTile whole = Filled(1024)[0];
        for (int y = 1; y < 700; y++)
        {
            for (int x = 1; x < 1000; x++)
            {
                float step = whole.Heights[(y * 1024) + x] - whole.Heights[(y * 1024) + x - 1];

                // The hill rises by at most 0.16 m a cell.
                Assert.InRange(step, -0.3f, 0.3f);
            }
        }
    }

    [Fact]
    public void Tiles_agree_with_the_whole()
    {
        ElevationTile whole = Filled(1024)[0];
        foreach (ElevationTile tile in Filled(TileCells))
        {
            for (int i = 0; i < tile.Heights.Length; i++)
            {
                int at = ((tile.Tile.Y + (i / tile.Tile.Width)) * 1024) + tile.Tile.X + (i % tile.Tile.Width);
                Assert.Equal(whole.Heights[at], tile.Heights[i]);
            }
        }
    }

    [Fact]
    public void Where_no_ground_was_measured_at_all_none_is_made_up()
    {
        var trend = TerrainTrend.Build(Grid, []);
        GroundTile tile = Grid.Tiles(TileCells)[0];
        var window = SurfaceWindow.Assemble(Grid, CellRectangle.Around(tile, TerrainFiller.MarginCells), []);
        Assert.All(TerrainFiller.Fill(tile, window, trend).Origins, origin => Assert.Equal(CellOrigin.None, origin));
    }

    private static double HeightOf(int x, int y) => 300 + (0.25 * ((0.5 * x) - (0.3 * y))) + (4 * Math.Sin(x / 150.0)) + (3 * Math.Cos(y / 130.0));

    private static bool IsHouse(int x, int y) => x is >= 100 and < 148 && y is >= 90 and < 138;

    private static bool IsWood(int x, int y) => x is >= 500 and < 800 && y is >= 200 and < 500;

    private static List<ElevationTile> Filled(int tileCells)
    {
        List<ElevationTile> measured = [.. Grid.Tiles(tileCells).Select(Measured)];
        var trend = TerrainTrend.Build(Grid, measured);
        return [.. measured.Select(tile => TerrainFiller.Fill(
            tile.Tile, SurfaceWindow.Assemble(Grid, CellRectangle.Around(tile.Tile, TerrainFiller.MarginCells), measured), trend))];
    }

    private static ElevationTile Measured(GroundTile tile)
    {
        float[] heights = new float[tile.Width * tile.Height];
        var origins = new CellOrigin[heights.Length];
        for (int i = 0; i < heights.Length; i++)
        {
            (int x, int y) = (tile.X + (i % tile.Width), tile.Y + (i / tile.Width));
            bool isHole = IsHouse(x, y) || IsWood(x, y);
            heights[i] = isHole ? float.NaN : (float)HeightOf(x, y);
            origins[i] = isHole ? CellOrigin.None : CellOrigin.Measured;
        }

        return new ElevationTile(tile, heights, origins);
    }
}
