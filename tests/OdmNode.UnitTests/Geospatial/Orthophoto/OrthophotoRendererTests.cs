using OdmNode.Geospatial.Elevation;
using OdmNode.Geospatial.Orthophoto;
using OdmNode.Scene.Model;

namespace OdmNode.UnitTests.Geospatial.Orthophoto;

public class OrthophotoRendererTests(OrthophotoRendererTests.Scene scene) : IClassFixture<OrthophotoRendererTests.Scene>
{
    private static readonly OrthophotoOptions Options = new() { OcclusionReachMetres = 10, Threads = 2 };

    [Fact]
    public void Every_cell_that_a_photo_shows_has_a_colour() =>
        Assert.All(Enumerable.Range(0, scene.Pixels.Length / 4), i => Assert.Equal(255, scene.Pixels[(4 * i) + 3]));

    [Fact]
    public void The_roof_stands_over_its_walls_and_nowhere_else()
    {
        double cell = BoxOnPlane.Grid.Resolution;
        int wrong = 0;
        for (int i = 0; i < scene.Pixels.Length / 4; i++)
        {
            double x = BoxOnPlane.Grid.EastingOf(i % BoxOnPlane.Grid.Width);
            double y = BoxOnPlane.Grid.NorthingOf(i / BoxOnPlane.Grid.Width);
            double margin = 1.5 * cell;
            bool inside = x > BoxOnPlane.BoxWest + margin && x < BoxOnPlane.BoxEast - margin
                && y > BoxOnPlane.BoxSouth + margin && y < BoxOnPlane.BoxNorth - margin;
            bool outside = x < BoxOnPlane.BoxWest - margin || x > BoxOnPlane.BoxEast + margin
                || y < BoxOnPlane.BoxSouth - margin || y > BoxOnPlane.BoxNorth + margin;
            bool red = scene.Pixels[4 * i] > scene.Pixels[(4 * i) + 1] + 60;
            wrong += (inside && !red) || (outside && red) ? 1 : 0;
        }

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void The_ground_has_its_pattern_where_it_is()
    {
        double cell = BoxOnPlane.Grid.Resolution;
        int wrong = 0;
        int counted = 0;
        for (int i = 0; i < scene.Pixels.Length / 4; i++)
        {
            double x = BoxOnPlane.Grid.EastingOf(i % BoxOnPlane.Grid.Width);
            double y = BoxOnPlane.Grid.NorthingOf(i / BoxOnPlane.Grid.Width);
            double toLine = Math.Min(Math.Abs(x - (2 * Math.Round(x / 2))), Math.Abs(y - (2 * Math.Round(y / 2))));
            bool nearBox = x > BoxOnPlane.BoxWest - 1 && x < BoxOnPlane.BoxEast + 1 && y > BoxOnPlane.BoxSouth - 1 && y < BoxOnPlane.BoxNorth + 1;
            if (toLine > cell && !nearBox)
            {
                counted++;
                wrong += scene.Pixels[4 * i] > 135 != BoxOnPlane.IsLight(x, y) ? 1 : 0;
            }
        }

        Assert.True(counted > 60000);
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Pixels_do_not_depend_on_tiles_or_threads()
    {
        Assert.Equal(scene.Pixels, scene.Render(64, 1));
        Assert.Equal(scene.Pixels, scene.Render(100, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3 * 4 * OrthophotoRenderer.BlockSize * OrthophotoRenderer.BlockSize)]
    [InlineData(1 << 28)]
    public void Pixels_do_not_depend_on_blocks_that_neighbours_hand_on(long bytes) =>
        Assert.Equal(scene.Pixels, scene.Render(64, 2, new RenderedBlocks(bytes)));

    [Fact]
    public void Ground_behind_the_box_for_the_only_photo_is_coloured_like_the_ground_beside_it()
    {
        GroundTile tile = BoxOnPlane.Grid.Tiles(1024)[0];
        byte[] pixels = OrthophotoRenderer.Render(
            tile, scene.Window(tile), [], [scene.Box.Views[0]], scene.Box, null, Options with { HiddenStripMetres = 14 }, CancellationToken.None).Pixels;
        int checkedCells = 0;
        for (int i = 0; i < pixels.Length / 4; i++)
        {
            double x = BoxOnPlane.Grid.EastingOf(i % tile.Width);
            double y = BoxOnPlane.Grid.NorthingOf(i / tile.Width);
            if (x is > BoxOnPlane.BoxEast + 0.3 and < BoxOnPlane.BoxEast + 2 && y is > BoxOnPlane.BoxSouth + 3 and < BoxOnPlane.BoxNorth - 1)
            {
                checkedCells++;
                Assert.Equal(255, pixels[(4 * i) + 3]);
                Assert.InRange(pixels[4 * i], 50, 220);
                Assert.True(Math.Abs(pixels[4 * i] - pixels[(4 * i) + 1]) < 12, $"the roof's red shows at {x}, {y}: {pixels[4 * i]}, {pixels[(4 * i) + 1]}");
            }
        }

        Assert.True(checkedCells > 500);
    }

    [Fact]
    public void Sharper_heights_of_the_cells_count_instead_of_those_of_the_surface()
    {
        GroundTile tile = BoxOnPlane.Grid.Tiles(1024)[0];
        ElevationTile sharp = BoxOnPlane.Surface()[0];
        float[] low = [.. sharp.Heights.Select(height => height - 3)];
        SurfaceWindow sunken = SurfaceWindow.Assemble(
            BoxOnPlane.Grid, scene.Window(tile).Cells, [new ElevationTile(tile, low, sharp.Origins)]);
        int displaced = WrongCells([]);
        int placed = WrongCells([sharp]);
        Assert.True(displaced > 5000, $"only {displaced} cells are wrong to begin with");
        Assert.True(placed < 0.1 * displaced, $"{placed} cells of {displaced} are still wrong");

        int WrongCells(ElevationTile[] sharper)
        {
            byte[] pixels = OrthophotoRenderer.Render(
                tile, sunken, sharper, scene.Box.Views, scene.Box, null, Options, CancellationToken.None).Pixels;
            return Enumerable.Range(0, pixels.Length / 4).Count(i => Math.Abs(pixels[4 * i] - scene.Pixels[4 * i]) > 20);
        }
    }

    [Fact]
    public void A_cell_that_no_photo_shows_is_transparent()
    {
        GroundTile tile = BoxOnPlane.Grid.Tiles(64)[0];
        SurfaceWindow surface = scene.Window(tile);
        byte[] pixels = OrthophotoRenderer.Render(
            tile, surface, [], [scene.Box.Views[2]], scene.Box, null, Options, CancellationToken.None).Pixels;
        Assert.All(pixels, value => Assert.Equal(0, value));
        GroundTile far = GroundGrid.Covering(-100, 0, -90, 10, BoxOnPlane.Grid.Resolution).Tiles(64)[0];
        Assert.Empty(OrthophotoRenderer.ViewsOf(far, 0, scene.Box.Views, null));
        Assert.Contains(scene.Box.Views[6], OrthophotoRenderer.ViewsOf(tile, 0, scene.Box.Views, null));
    }

    /// <summary>The scene and its orthophoto, rendered once.</summary>
    public sealed class Scene
    {
        private readonly IReadOnlyList<ElevationTile> surface = BoxOnPlane.Surface();

        public Scene() => Pixels = Render(1024, 2);

        internal BoxOnPlane Box { get; } = new();

        public byte[] Pixels { get; }

        internal SurfaceWindow Window(GroundTile tile)
        {
            double margin = OrthophotoRenderer.SurfaceMarginMetres(BoxOnPlane.Grid.Resolution, Options);
            return SurfaceWindow.Assemble(BoxOnPlane.Grid, CellRectangle.Around(BoxOnPlane.Grid, tile, margin), surface);
        }

        public byte[] Render(int tileSize, int threads, RenderedBlocks? shared = null)
        {
            byte[] pixels = new byte[4 * BoxOnPlane.Grid.Width * BoxOnPlane.Grid.Height];
            foreach (GroundTile tile in BoxOnPlane.Grid.Tiles(tileSize))
            {
                RgbaTile rendered = OrthophotoRenderer.Render(
                    tile, Window(tile), [], Box.Views, Box, null, Options with { Threads = threads }, CancellationToken.None, shared);
                for (int y = 0; y < tile.Height; y++)
                {
                    rendered.Pixels.AsSpan(4 * y * tile.Width, 4 * tile.Width)
                        .CopyTo(pixels.AsSpan(4 * (((tile.Y + y) * BoxOnPlane.Grid.Width) + tile.X)));
                }
            }

            return pixels;
        }
    }
}
