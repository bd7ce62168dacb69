using OdmNode.Geospatial.Edges;
using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;
using OdmNode.UnitTests.Geospatial.Orthophoto;

namespace OdmNode.UnitTests.Geospatial.Edges;

public class EdgeRefinerTests
{
    private const int TileCells = 1024;
    private const double UnsureMetres = 0.6;
    private static readonly OrthophotoOptions Options = new() { OcclusionReachMetres = 10, Threads = 2 };
    private static readonly BoxOnPlane Box = new();

    [Fact]
    public void Ragged_edges_of_a_roof_become_what_the_photos_show()
    {
        ElevationTile ragged = Ragged();
        int before = WrongCells(ragged, 0);
        ElevationTile refined = Refine(ragged, TileCells)[0];
        Assert.True(before > 500, $"only {before} cells were wrong to begin with");
        Assert.True(WrongCells(refined, 0) < 0.15 * before, $"{WrongCells(refined, 0)} of {before} cells are still wrong");
        Assert.Equal(0, WrongCells(refined, 1.5 * BoxOnPlane.Grid.Resolution));
    }

    [Fact]
    public void Edges_of_a_coarser_surface_are_drawn_in_finer_cells()
    {
        GroundGrid coarse = GroundGrid.Covering(0, 0, 40, 40, 0.24);
        GroundTile whole = coarse.Tiles(TileCells)[0];
        float[] heights = [.. Enumerable.Range(0, whole.Width * whole.Height).Select(i =>
            BoxOnPlane.IsBox(coarse.EastingOf(i % whole.Width), coarse.NorthingOf(i / whole.Width)) ? (float)BoxOnPlane.BoxHeight : 0)];
        SurfaceWindow surface = SurfaceWindow.Assemble(
            coarse,
            CellRectangle.Around(coarse, whole, EdgeRefiner.SurfaceMarginMetres(coarse.Resolution, Options)),
            [new ElevationTile(whole, heights, [.. heights.Select(_ => CellOrigin.Measured)])]);
        GroundTile tile = BoxOnPlane.Grid.Tiles(TileCells)[0];
        SurfaceWindow interpolated = surface.Under(tile.Grid, CellRectangle.Around(tile, 0), []);
        var blurred = new ElevationTile(tile, interpolated.Heights, interpolated.Origins);
        ElevationTile sharp = EdgeRefiner.Refine(blurred, surface, Box.Views, Box, null, Options, 0.6f, 0, CancellationToken.None);
        double cell = BoxOnPlane.Grid.Resolution;
        int before = WrongCells(blurred, cell / 2);
        int after = WrongCells(sharp, cell / 2);
        Assert.True(before > 250, $"only {before} cells were wrong to begin with");
        Assert.True(after < 0.4 * before, $"{after} of {before} cells are still wrong");
        Assert.Equal(0, WrongCells(sharp, 1.25 * cell));
    }

    [Fact]
    public void What_was_drawn_anew_counts_as_filled()
    {
        ElevationTile ragged = Ragged();
        ElevationTile refined = Refine(ragged, TileCells)[0];
        for (int i = 0; i < refined.Heights.Length; i++)
        {
            Assert.Equal(refined.Heights[i] == ragged.Heights[i] ? CellOrigin.Measured : CellOrigin.Filled, refined.Origins[i]);
        }
    }

    [Fact]
    public void Edges_do_not_break_where_tiles_meet()
    {
        ElevationTile ragged = Ragged();
        ElevationTile whole = Refine(ragged, TileCells)[0];
        int different = 0;
        foreach (ElevationTile part in Refine(ragged, 128))
        {
            for (int i = 0; i < part.Heights.Length; i++)
            {
                (int y, int x) = Math.DivRem(i, part.Tile.Width);
                float other = whole.Heights[((part.Tile.Y + y) * whole.Tile.Width) + part.Tile.X + x];
                different += Math.Abs(part.Heights[i] - other) > 1 ? 1 : 0;
            }
        }

        Assert.True(different <= 8, $"{different} cells depend on the tiling");
    }

    [Fact]
    public void A_surface_without_steps_stays_as_it_is()
    {
        GroundTile tile = BoxOnPlane.Grid.Tiles(TileCells)[0];
        float[] heights = [.. Enumerable.Range(0, tile.Width * tile.Height).Select(i => 0.05f * (i % tile.Width) * (float)tile.Grid.Resolution)];
        var slope = new ElevationTile(tile, heights, [.. heights.Select(_ => CellOrigin.Measured)]);
        Assert.Equal(heights, Refine(slope, TileCells)[0].Heights);
    }

    [Fact]
    public void Surfaces_are_continued_by_their_slopes()
    {
        const int size = 80;
        const float cell = 0.1f;
        float[] heights = new float[size * size];
        for (int i = 0; i < heights.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, size);
            heights[i] = Roof(x, y, size) ?? Ground(x);
        }

        var all = new CellRectangle(0, 0, size, size);
        StepBand band = StepBand.Of(heights, all, all, cell, 0.8f, 5);
        Assert.True(band.Count > 500);
        for (int i = 0; i < heights.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, size);
            // Beside the edges that run along the eaves; at the corners other slopes have a say.
            if (!float.IsNaN(band.Upper[i]) && y is > 32 and < 48)
            {
                Assert.InRange(band.Lower[i], Ground(x) - 0.05f, Ground(x) + 0.05f);
                Assert.InRange(band.Upper[i], 3 + (0.05f * x) - 0.1f, 3 + (0.05f * x) + 0.1f);
            }
        }

        static float Ground(int x) => 0.01f * x;

        static float? Roof(int x, int y, int size) =>
            x > size / 4 && x < 3 * size / 4 && y > size / 4 && y < 3 * size / 4 ? 3 + (0.05f * x) : null;
    }

    /// <summary>The box with edges that wander by up to four cells, and walls measured at heights between roof and ground.</summary>
    private static ElevationTile Ragged()
    {
        ElevationTile truth = BoxOnPlane.Surface()[0];
        GroundTile tile = truth.Tile;
        float[] heights = new float[truth.Heights.Length];
        for (int i = 0; i < heights.Length; i++)
        {
            (int y, int x) = Math.DivRem(i, tile.Width);
            double wander = 2.5 * (Math.Sin(0.9 * x) + Math.Sin(1.3 * y)) * tile.Grid.Resolution * 0.8;
            double east = tile.Grid.EastingOf(x) + wander;
            double north = tile.Grid.NorthingOf(y) + wander;
            bool isRoof = BoxOnPlane.IsBox(east, north);
            bool isWall = !isRoof && (BoxOnPlane.IsBox(east + 0.15, north) || BoxOnPlane.IsBox(east, north - 0.15));
            heights[i] = isRoof ? (float)BoxOnPlane.BoxHeight : isWall ? 2.5f : 0;
        }

        return new ElevationTile(tile, heights, [.. heights.Select(_ => CellOrigin.Measured)]);
    }

    /// <summary>Cells at the height of the other surface, or of none, farther than a distance in metres from the true edge.</summary>
    private static int WrongCells(ElevationTile tile, double distance)
    {
        int wrong = 0;
        for (int i = 0; i < tile.Heights.Length; i++)
        {
            double x = tile.Tile.Grid.EastingOf(i % tile.Tile.Width);
            double y = tile.Tile.Grid.NorthingOf(i / tile.Tile.Width);
            bool isBox = BoxOnPlane.IsBox(x, y);
            double toEdge = isBox
                ? Math.Min(Math.Min(x - BoxOnPlane.BoxWest, BoxOnPlane.BoxEast - x), Math.Min(y - BoxOnPlane.BoxSouth, BoxOnPlane.BoxNorth - y))
                : Math.Max(Math.Max(BoxOnPlane.BoxWest - x, x - BoxOnPlane.BoxEast), Math.Max(BoxOnPlane.BoxSouth - y, y - BoxOnPlane.BoxNorth));
            wrong += toEdge >= distance && Math.Abs(tile.Heights[i] - (isBox ? BoxOnPlane.BoxHeight : 0)) > 0.5 ? 1 : 0;
        }

        return wrong;
    }

    private static ElevationTile[] Refine(ElevationTile surface, int tileCells)
    {
        GroundGrid grid = surface.Tile.Grid;
        return [.. grid.Tiles(tileCells).Select(tile =>
        {
            var cells = CellRectangle.Around(grid, tile, EdgeRefiner.SurfaceMarginMetres(grid.Resolution, Options));
            var own = SurfaceWindow.Assemble(grid, new CellRectangle(tile.X, tile.Y, tile.Width, tile.Height), [surface]);
            return EdgeRefiner.Refine(
                new ElevationTile(tile, own.Heights, own.Origins), SurfaceWindow.Assemble(grid, cells, [surface]),
                Box.Views, Box, null, Options, 0.6f, UnsureMetres, CancellationToken.None);
        })];
    }
}
