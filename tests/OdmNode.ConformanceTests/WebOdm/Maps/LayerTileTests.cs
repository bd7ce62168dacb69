using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm.Maps;

/// <summary>Today's addresses: every raster, rows from the north.</summary>
public sealed class LayerTileTests(MapNode shared) : IClassFixture<MapNode>, IAsyncLifetime
{
    private const string NotFound = """{"detail":"Not found."}""";

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
    public async Task W139_The_description_counts_rows_from_the_north_and_zooms_from_the_raster()
    {
        var description = await _client.ReadAsync(_task + "orthophoto/tiles.json?rescale=1%2C2&color_map=viridis&other=1");

        Assert.Equal("xyz", description.GetProperty("scheme").GetString());
        Assert.Equal(
            $"/api/{_task}orthophoto/tiles/{{z}}/{{x}}/{{y}}?rescale=1,2&color_map=viridis", description.GetProperty("tiles")[0].GetString());

        // Cells of 0.25 m at 46.84° north are 0.3655 m of the map: zoom 18.7. Of 1100 rows, 137 are left when they have been halved three times.
        Assert.Equal((19 - 3 - 3, 19 + 3), (description.GetProperty("minzoom").GetInt32(), description.GetProperty("maxzoom").GetInt32()));
        var bounds = await _client.ReadAsync(_task + "orthophoto/bounds");
        Assert.Equal(description.GetProperty("bounds").GetRawText(), bounds.GetProperty("bounds").GetRawText());
        Assert.Equal($"/api/{_task}orthophoto/tiles/{{z}}/{{x}}/{{y}}", bounds.GetProperty("url").GetString());
    }

    [Fact]
    public async Task W140_Sizes_and_ranges_are_as_asked_for()
    {
        const int zoom = 18;
        var (x, y, _, _) = SlippyMap.PixelAt(MapNode.Mark, zoom);
        var plain = await SeenTile.GetAsync(_client, $"{_task}orthophoto/tiles/{zoom}/{x}/{y}.png");
        var dense = await SeenTile.GetAsync(_client, $"{_task}orthophoto/tiles/{zoom}/{x}/{y}@2x.png");
        var large = await SeenTile.GetAsync(_client, $"{_task}orthophoto/tiles/{zoom + 1}/{x}/{y}.png?size=512");

        Assert.Equal((256, 512, 512), (plain.Size, dense.Size, large.Size));
        Assert.Equal(dense.Content, large.Content);
        var (_, _, column, row) = SlippyMap.PixelAt(MapNode.Mark, zoom, 512);
        Assert.Equal(255, dense[column, row].Blue);
        Assert.Equal((400, """["Invalid tile size parameter"]"""), (await _client.GetAsync($"{_task}orthophoto/tiles/{zoom}/{x}/{y}?size=300")).Both);
        Assert.Equal((404, """{"detail":"Outside of bounds"}"""), (await _client.GetAsync($"{_task}orthophoto/tiles/{zoom}/{x + 20}/{y}")).Both);
        foreach (var beyond in (int[])[12, 23])
        {
            var (farX, farY, _, _) = SlippyMap.PixelAt(MapNode.Mark, beyond);
            Assert.Equal((404, NotFound), (await _client.GetAsync($"{_task}orthophoto/tiles/{beyond}/{farX}/{farY}")).Both);
        }

        Assert.Equal((404, NotFound), (await _client.GetAsync(_task + "orthophoto/tiles/0/0/0?size=512")).Both);
    }

    [Fact]
    public async Task W140_Formats_are_as_asked_for_or_chosen_by_what_is_seen()
    {
        var inside = PathOf(MapNode.Mark, 20);
        var partly = PathOf(MapNode.Hole, 18);
        Assert.Equal("image/jpg", (await SeenTile.GetAsync(_client, partly + ".jpg")).Type);
        Assert.Equal("image/webp", (await SeenTile.GetAsync(_client, partly + ".webp")).Type);
        Assert.Equal("image/jpg", (await SeenTile.GetAsync(_client, inside)).Type);
        Assert.Equal("image/png", (await SeenTile.GetAsync(_client, partly)).Type);
        var chosen = await SeenTile.GetAsync(_client, partly, "GET", ("Accept", "image/avif,image/webp,*/*;q=0.8"));
        Assert.Equal(("image/webp", "Origin, Accept"), (chosen.Type, chosen.Vary));

        var (_, _, column, row) = SlippyMap.PixelAt(MapNode.Hole, 18);
        Assert.Equal(0, chosen[column, row].Alpha);
        Assert.InRange((await SeenTile.GetAsync(_client, partly + ".jpg"))[column, row].Red, 250, 255);
    }

    [Fact]
    public async Task W141_Heights_have_tiles_where_there_are_any()
    {
        foreach (var layer in (string[])["dsm", "dtm"])
        {
            var description = await _client.ReadAsync($"{_task}{layer}/tiles.json");
            var bounds = description.GetProperty("bounds").EnumerateArray().Select(number => number.GetDouble()).ToList();
            var zoom = description.GetProperty("maxzoom").GetInt32();
            var (x, y, column, row) = SlippyMap.PixelAt(((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2), zoom);
            var tile = await SeenTile.GetAsync(_client, $"{_task}{layer}/tiles/{zoom}/{x}/{y}.png?hillshade=6");
            Assert.Equal((200, 255), (tile.Status, tile[column, row].Alpha));
        }

        var other = await MapNode.FinishedAsync(_client, "flat");
        File.Delete(shared.RasterOf(other, "odm_dem/dtm.tif"));
        Assert.Equal(200, (await _client.GetAsync(other + "dsm/tiles.json")).Status);
        Assert.Equal((404, NotFound), (await _client.GetAsync(other + "dtm/tiles.json")).Both);
        Assert.Equal((404, NotFound), (await _client.GetAsync(other + "dtm/tiles/18/64083/92373")).Both);
        Assert.Equal((404, NotFound), (await _client.GetAsync(other + "cloud/tiles.json")).Both);
    }

    [Fact]
    public async Task W142_A_token_of_the_address_is_carried_into_the_template()
    {
        using var map = WebOdmClient.Anonymous(_node);
        var seed = (await map.ReadAsync($"{_task}tiles.json?jwt={_client.Token}")).GetProperty("tiles")[0].GetString()!;
        var later = (await map.ReadAsync($"{_task}orthophoto/tiles.json?jwt={_client.Token}&rescale=0,1")).GetProperty("tiles")[0].GetString()!;

        Assert.EndsWith($"{{y}}.png?jwt={_client.Token}", seed, StringComparison.Ordinal);
        Assert.EndsWith($"{{y}}?rescale=0,1&jwt={_client.Token}", later, StringComparison.Ordinal);
        var (x, y, _, _) = SlippyMap.PixelAt(MapNode.Mark, 18);
        var tile = await SeenTile.GetAsync(map, later.Replace("{z}", "18", StringComparison.Ordinal).Replace("{x}", $"{x}", StringComparison.Ordinal).Replace("{y}", $"{y}", StringComparison.Ordinal));
        Assert.Equal(200, tile.Status);
    }

    [Fact]
    public async Task W11_Maps_of_other_origins_get_tiles_descriptions_and_refusals()
    {
        const string origin = "https://maps.example";
        using var map = WebOdmClient.Anonymous(_node);
        var tile = PathOf(MapNode.Mark, 19);
        var tag = (await SeenTile.GetAsync(_client, tile)).Tag!;
        foreach (var (path, held, status) in ((string, string, int)[])
        [
            ($"{tile}?jwt={_client.Token}", "\"other\"", 200), ($"{tile}?jwt={_client.Token}", tag, 304), ($"{_task}tiles.json?jwt={_client.Token}", "", 200),
            ($"{_task}orthophoto/tiles/19/0/0?jwt={_client.Token}", "", 404), (tile, "", 403),
        ])
        {
            var answer = await map.SendAsync("GET", path, null, ("Origin", origin), ("If-None-Match", held));
            Assert.Equal(
                (status, origin, "true"),
                (answer.Status, answer.Header("Access-Control-Allow-Origin"), answer.Header("Access-Control-Allow-Credentials")));
            Assert.Contains("Origin", answer.Header("Vary"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_tile_that_the_client_holds_is_not_sent_again()
    {
        var path = PathOf(MapNode.Mark, 19);
        var first = await SeenTile.GetAsync(_client, path);
        var again = await SeenTile.GetAsync(_client, path, "GET", ("If-None-Match", $"\"other\", W/{first.Tag}"));
        var other = await SeenTile.GetAsync(_client, path, "GET", ("If-None-Match", "\"other\""));

        Assert.Equal("private, no-cache", string.Join(", ", first.Caching!.Split(", ").OrderDescending()));
        Assert.Equal((304, first.Tag), (again.Status, again.Tag));
        Assert.Empty(again.Content);
        Assert.Equal(first.Content, other.Content);
        Assert.NotEqual(first.Tag, (await SeenTile.GetAsync(_client, path + ".png")).Tag);
    }

    [Fact]
    public async Task Results_that_replace_others_are_shown_at_once()
    {
        var task = await MapNode.FinishedAsync(_client, "twice");
        var raster = shared.RasterOf(task, "odm_orthophoto/odm_orthophoto.tif");
        MapNode.WriteOrthophoto(raster, MapNode.Grid, ground: 90);
        var (x, y, column, row) = SlippyMap.PixelAt(MapNode.ToDegrees(MapNode.Grid.EastingOf(650), MapNode.Grid.NorthingOf(650)), 19);
        var path = $"{task}orthophoto/tiles/19/{x}/{y}.png";
        var first = await SeenTile.GetAsync(_client, path);
        MapNode.WriteOrthophoto(raster, MapNode.Grid, ground: 150);
        var second = await SeenTile.GetAsync(_client, path, "GET", ("If-None-Match", first.Tag!));

        Assert.Equal((90, 150), (first[column, row].Blue, second[column, row].Blue));
        await _client.DeleteAsync(task);
        Assert.Equal((404, NotFound), (await _client.GetAsync(path)).Both);
    }

    [Fact]
    public async Task Many_maps_at_once_are_served_and_a_damaged_raster_breaks_nothing()
    {
        var broken = await MapNode.FinishedAsync(_client, "broken");
        var raster = shared.RasterOf(broken, "odm_orthophoto/odm_orthophoto.tif");
        File.Delete(raster);
        await File.WriteAllTextAsync(raster, "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"/>");
        var answer = await _client.GetAsync(broken + "tiles.json");
        Assert.Equal((500, """{"detail":"odm_orthophoto.tif is no GeoTIFF, so it has no tiles."}"""), answer.Both);

        var (x, y, _, _) = SlippyMap.PixelAt(MapNode.Mark, 20);
        var tiles = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => SeenTile.GetAsync(_client, $"{_task}orthophoto/tiles/20/{x + (i % 4)}/{y - (i / 4 % 4)}.png")));
        Assert.All(tiles, tile => Assert.Equal(200, tile.Status));
        Assert.Equal(tiles[0].Content, tiles[16].Content);
    }

    private string PathOf((double Longitude, double Latitude) place, int zoom)
    {
        var (x, y, _, _) = SlippyMap.PixelAt(place, zoom);
        return $"{_task}orthophoto/tiles/{zoom}/{x}/{y}";
    }
}
