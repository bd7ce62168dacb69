using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm.Maps;

/// <summary>The addresses of 2017: the orthophoto alone, rows from the south.</summary>
public sealed class SeedTileTests(MapNode shared) : IClassFixture<MapNode>, IAsyncLifetime
{
    private const string NotFound = """{"detail":"Not found."}""";
    private const int CellZoom = 19;

    private readonly NodeProcess _node = shared.Node;
    private readonly string _task = shared.TaskPath;
    private WebOdmClient _client = null!;

    public async Task InitializeAsync() => _client = await WebOdmClient.LogInAsync(_node);

    public Task DisposeAsync()
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task W131_The_description_has_the_keys_of_tilejson()
    {
        var description = await _client.ReadAsync(_task + "tiles.json");

        Assert.Equal(
            ["tilejson", "name", "version", "scheme", "tiles", "minzoom", "maxzoom", "bounds"], description.EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            ("2.1.0", "Field \"north\" ü", "1.0.0", "tms"),
            (Text(description, "tilejson"), Text(description, "name"), Text(description, "version"), Text(description, "scheme")));
        Assert.Equal($"/api/{_task}tiles/{{z}}/{{x}}/{{y}}.png", Assert.Single(description.GetProperty("tiles").EnumerateArray()).GetString());
        Assert.Equal((0, 22), (description.GetProperty("minzoom").GetInt32(), description.GetProperty("maxzoom").GetInt32()));
        Assert.Equal(4, description.GetProperty("bounds").GetArrayLength());
    }

    [Fact]
    public async Task W132_The_bounds_are_the_box_round_the_corners()
    {
        var grid = MapNode.Grid;
        (double Longitude, double Latitude)[] corners =
        [
            MapNode.ToDegrees(grid.West, grid.North), MapNode.ToDegrees(grid.East, grid.North),
            MapNode.ToDegrees(grid.West, grid.South), MapNode.ToDegrees(grid.East, grid.South),
        ];
        var bounds = (await _client.ReadAsync(_task + "tiles.json")).GetProperty("bounds").EnumerateArray().Select(number => number.GetDouble()).ToList();

        // A cell of 0.25 m is 3.3e-6 degrees of longitude there and 2.2e-6 of latitude.
        Assert.Equal(corners.Min(corner => corner.Longitude), bounds[0], 3.3e-6);
        Assert.Equal(corners.Min(corner => corner.Latitude), bounds[1], 2.2e-6);
        Assert.Equal(corners.Max(corner => corner.Longitude), bounds[2], 3.3e-6);
        Assert.Equal(corners.Max(corner => corner.Latitude), bounds[3], 2.2e-6);
    }

    [Fact]
    public async Task W133_W134_A_known_point_is_shown_where_it_lies_in_both_row_orders()
    {
        foreach (var zoom in (int[])[17, 19, 21])
        {
            var (x, y, column, row) = SlippyMap.PixelAt(MapNode.Mark, zoom);
            var tile = await TileAsync(zoom, x, y);
            var same = await SeenTile.GetAsync(_client, $"{_task}orthophoto/tiles/{zoom}/{x}/{y}.png");

            Assert.Equal((200, "image/png", 256), (tile.Status, tile.Type, tile.Size));
            Assert.Equal(tile.Content, same.Content);
            Assert.Equal(255, tile[column, row].Blue);

            // The disc is 6 m across and stands alone on blue of 120.
            var centre = (X: 0.0, Y: 0.0, Count: 0);
            for (var i = 0; i < tile.Pixels.Count; i++)
            {
                if (tile.Pixels[i].Blue > 187)
                {
                    centre = (centre.X + (i % 256) + 0.5, centre.Y + (i / 256) + 0.5, centre.Count + 1);
                }
            }

            // A disc that a tile's edge cuts has its middle elsewhere.
            var radius = 3 / Math.Cos(MapNode.Mark.Latitude * Math.PI / 180) / (156543.03392804097 / Math.Pow(2, zoom));
            if (column - radius > 1 && column + radius < 255 && row - radius > 1 && row + radius < 255)
            {
                Assert.Equal(column + 0.5, centre.X / centre.Count, 1.0);
                Assert.Equal(row + 0.5, centre.Y / centre.Count, 1.0);
            }
        }
    }

    [Fact]
    public async Task W135_Tiles_are_opaque_inside_and_transparent_outside()
    {
        var grid = MapNode.Grid;
        List<((double Longitude, double Latitude) Place, int Alpha)> known =
        [
            (MapNode.Mark, 255),
            (MapNode.ToDegrees(grid.West + 5, grid.North - 5), 255),
            (MapNode.Hole, 0),
            (MapNode.ToDegrees(grid.West - 1, grid.North - 20), 0),
        ];
        foreach (var (place, alpha) in known)
        {
            var (x, y, column, row) = SlippyMap.PixelAt(place, CellZoom);
            Assert.Equal(alpha, (await TileAsync(CellZoom, x, y))[column, row].Alpha);
        }

        // Within the hole everything is transparent, and a tile all the same.
        var (clearX, clearY, _, _) = SlippyMap.PixelAt(MapNode.Hole, 22);
        Assert.All((await TileAsync(22, clearX, clearY)).Pixels, pixel => Assert.Equal(0, pixel.Alpha));
    }

    [Fact]
    public async Task W136_Every_tile_that_meets_the_bounds_is_there_and_no_other()
    {
        var description = await _client.ReadAsync(_task + "tiles.json");
        var bounds = description.GetProperty("bounds").EnumerateArray().Select(number => number.GetDouble()).ToList();
        var most = description.GetProperty("maxzoom").GetInt32();
        for (var zoom = 0; zoom <= most; zoom++)
        {
            var (west, north) = SlippyMap.At(bounds[0], bounds[3], zoom);
            var (east, south) = SlippyMap.At(bounds[2], bounds[1], zoom);

            // Of deep zooms the tiles along the borders and beyond them, at their corners.
            foreach (var x in new[] { (int)west - 1, (int)west, (int)east, (int)east + 1 }.Distinct())
            {
                foreach (var y in new[] { (int)north - 1, (int)north, (int)south, (int)south + 1 }.Distinct())
                {
                    var isMet = x < east && x + 1 > west && y < south && y + 1 > north && x >= 0 && y >= 0 && x < 1 << zoom && y < 1 << zoom;
                    var tile = await TileAsync(zoom, x, y);
                    Assert.True((tile.Status == 200) == isMet, $"{zoom}/{x}/{y}: {tile.Status}");
                    Assert.True(isMet || tile.Text == NotFound || x < 0 || y < 0 || y >= 1 << zoom, tile.Text);
                }
            }
        }

        var (deepX, deepY, _, _) = SlippyMap.PixelAt(MapNode.Mark, most + 1);
        Assert.Equal((404, NotFound), await ShortAsync($"{_task}tiles/{most + 1}/{deepX}/{SlippyMap.South(most + 1, deepY)}.png"));
    }

    [Theory]
    [InlineData("tiles/x/1/1.png")]
    [InlineData("tiles/0/0/0.gif")]
    [InlineData("tiles/0/0/-1.png")]
    [InlineData("tiles/99999999999999999999/0/0.png")]
    [InlineData("tiles/2147483648/0/0.png")]
    [InlineData("tiles/0/0/0.png%0A")]
    [InlineData("tiles/0/0/1.png")]
    public async Task W136_What_is_no_tile_of_the_world_is_404(string path) => Assert.Equal((404, NotFound), await ShortAsync(_task + path));

    [Fact]
    public async Task W137_Neighbours_join_and_four_children_show_what_their_parent_shows()
    {
        var (x, y, _, _) = SlippyMap.PixelAt(MapNode.Mark, CellZoom);
        var tile = await TileAsync(CellZoom, x, y);
        var right = await TileAsync(CellZoom, x + 1, y);

        // Colours change by at most 60 / 40 levels a cell, which is about a pixel here.
        for (var row = 0; row < 256; row++)
        {
            var (last, first) = (tile[255, row], right[0, row]);
            Assert.True(last.Alpha < 255 || first.Alpha < 255 || Math.Abs(last.Red - first.Red) <= 4, $"row {row}: {last} and {first}");
        }

        var difference = 0.0;
        var compared = 0;
        for (var child = 0; child < 4; child++)
        {
            var (right2, below) = (child % 2, child / 2);
            var sharp = await TileAsync(CellZoom + 1, (2 * x) + right2, (2 * y) + below);
            for (var i = 0; i < 128 * 128; i++)
            {
                var (column, row) = (i % 128, i / 128);
                var parent = tile[column + (128 * right2), row + (128 * below)];
                SkiaSharp.SKColor[] four = [sharp[2 * column, 2 * row], sharp[(2 * column) + 1, 2 * row], sharp[2 * column, (2 * row) + 1], sharp[(2 * column) + 1, (2 * row) + 1]];
                if (parent.Alpha == 255 && four.All(pixel => pixel.Alpha == 255))
                {
                    difference += Math.Abs(parent.Red - four.Average(pixel => pixel.Red));
                    compared++;
                }
            }
        }

        Assert.True(compared > 20_000, $"{compared} pixels were compared");
        Assert.InRange(difference / compared, 0, 1.5);
    }

    [Fact]
    public async Task W138_Without_an_orthophoto_there_is_neither_description_nor_tile()
    {
        var waiting = await _client.TaskAsync(string.Empty, ("auto_processing_node", "false"));
        var finished = await MapNode.FinishedAsync(_client, "indoors");
        File.Delete(shared.RasterOf(finished, "odm_orthophoto/odm_orthophoto.tif"));
        foreach (var task in (string[])[waiting, finished])
        {
            Assert.Equal((404, NotFound), (await _client.GetAsync(task + "tiles.json")).Both);
            Assert.Equal((404, NotFound), await ShortAsync(task + "tiles/0/0/0.png"));
            Assert.Equal((404, NotFound), (await _client.GetAsync(task + "orthophoto/tiles.json")).Both);
        }
    }

    [Fact]
    public async Task W10_HEAD_of_a_tile_tells_its_length()
    {
        var path = SeedPath(MapNode.Mark, CellZoom);
        var (whole, head) = (await SeenTile.GetAsync(_client, path), await SeenTile.GetAsync(_client, path, "HEAD"));

        Assert.Equal((200, whole.Type, whole.Tag, (long?)whole.Content.Length), (head.Status, head.Type, head.Tag, head.Length));
        Assert.Empty(head.Content);
        Assert.Equal(200, (await _client.SendAsync("HEAD", _task + "tiles.json")).Status);
    }

    [Fact]
    public async Task W17_W18_Tiles_want_credentials_and_take_them_from_the_address()
    {
        using var anonymous = WebOdmClient.Anonymous(_node);
        const string refusal = """{"detail":"Authentication credentials were not provided."}""";
        foreach (var path in (string[])["tiles.json", "tiles/0/0/0.png", "dsm/tiles.json", "dsm/tiles/18/64083/92373"])
        {
            Assert.Equal((403, refusal), (await anonymous.GetAsync(_task + path)).Both);
        }

        Assert.Equal(200, (await SeenTile.GetAsync(anonymous, $"{SeedPath(MapNode.Mark, CellZoom)}?jwt={_client.Token}")).Status);
    }

    private static string? Text(JsonElement description, string name) => description.GetProperty(name).GetString();

    private string SeedPath((double Longitude, double Latitude) place, int zoom)
    {
        var (x, y, _, _) = SlippyMap.PixelAt(place, zoom);
        return $"{_task}tiles/{zoom}/{x}/{SlippyMap.South(zoom, y)}.png";
    }

    /// <param name="zoom">From 0.</param>
    /// <param name="x">Column.</param>
    /// <param name="y">Row from the north.</param>
    private Task<SeenTile> TileAsync(int zoom, int x, int y) => SeenTile.GetAsync(_client, $"{_task}tiles/{zoom}/{x}/{SlippyMap.South(zoom, y)}.png");

    private async Task<(int Status, string Text)> ShortAsync(string path) => (await _client.GetAsync(path)).Both;
}
