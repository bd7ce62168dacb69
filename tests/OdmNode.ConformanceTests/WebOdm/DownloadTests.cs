using System.Globalization;
using System.IO.Compression;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class DownloadTests(WebOdmTestNode shared) : IClassFixture<WebOdmTestNode>, IAsyncLifetime
{
    private const string NoAsset = """{"detail":"Asset does not exist"}""";

    private readonly NodeProcess _node = shared.Node;
    private WebOdmClient _client = null!;
    private string _task = null!;

    public async Task InitializeAsync()
    {
        _client = await WebOdmClient.LogInAsync(_node);
        var project = await _client.ProjectAsync();
        var answer = await _client.PostAsync($"projects/{project}/tasks/", WebOdmClient.Files(["a.jpg", "b.jpg"], ("name", "North field/1 ü")));
        _task = $"projects/{project}/tasks/{answer.Json.GetProperty("id")}/";
        await _client.WaitForAsync(_task, 40);
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task W115_W116_W123_W124_Every_asset_downloads_with_length_name_and_type()
    {
        var assets = (await _client.ReadAsync(_task)).GetProperty("available_assets").EnumerateArray().Select(asset => asset.GetString()!).ToList();

        Assert.Equal(
            [
                "all.zip", "orthophoto.tif", "orthophoto.png", "georeferenced_model.las", "georeferenced_model.ply", "georeferenced_model.csv", "textured_model.zip",
            ],
            assets.Where(asset => asset is "all.zip" or "orthophoto.tif" or "orthophoto.png" or "textured_model.zip" || asset.EndsWith("las", StringComparison.Ordinal)
                || asset.EndsWith("ply", StringComparison.Ordinal) || asset.EndsWith("csv", StringComparison.Ordinal)));
        foreach (var asset in assets)
        {
            var answer = await ReadAsync($"download/{asset}");
            Assert.Equal(answer.Body.Length.ToString(CultureInfo.InvariantCulture), answer.Header("Content-Length"));
            Assert.Equal($"attachment; filename=North-field-1-{asset}", answer.Header("Content-Disposition"));
            Assert.Contains("no-cache", answer.Header("Cache-Control"), StringComparison.Ordinal);
            Assert.Contains("private", answer.Header("Cache-Control"), StringComparison.Ordinal);
            Assert.Equal(
                Path.GetExtension(asset) switch
                {
                    ".tif" => "image/tiff",
                    ".png" => "image/png",
                    ".zip" => "application/zip",
                    ".csv" => "text/csv",
                    ".las" or ".laz" or ".ply" => "application/octet-stream",
                    _ => answer.Header("Content-Type"),
                },
                answer.Header("Content-Type"));
        }

        Assert.Equal(200, (await _client.GetAsync(_task + "download/orthophoto.tif/")).Status);
    }

    [Theory]
    [InlineData("nope.tif")]
    [InlineData("georeferenced_model.xyz")]
    [InlineData("ground_control_points.json")]
    [InlineData("..%2Fall.zip")]
    public async Task W117_An_unknown_asset_is_404(string asset) => Assert.Equal((404, NoAsset), (await _client.GetAsync($"{_task}download/{asset}")).Both);

    [Fact]
    public async Task W121_W122_Archives_hold_the_paths_that_clients_look_for()
    {
        var model = await NamesAsync("textured_model.zip");
        Assert.Contains("odm_textured_model_geo.obj", model);
        Assert.Contains("odm_textured_model_geo.mtl", model);
        Assert.Contains("texture_0.jpg", model);
        Assert.DoesNotContain(model, name => name.EndsWith(".glb", StringComparison.Ordinal));
        var all = await NamesAsync("all.zip");
        Assert.Contains("odm_orthophoto/odm_orthophoto.tif", all);
        Assert.Contains("odm_texturing/odm_textured_model_geo.obj", all);
        Assert.True(all.Select(name => name.Split('/')[0]).Distinct().Count() >= 2);
    }

    [Fact]
    public async Task W125_The_client_may_choose_name_and_disposition()
    {
        Assert.Equal("attachment; filename=map.tif", (await _client.GetAsync(_task + "download/orthophoto.tif?filename=map.tif")).Header("Content-Disposition"));
        Assert.Equal("attachment; filename=..etcpasswd", (await _client.GetAsync(_task + "download/orthophoto.tif?filename=..%2Fetc%2Fpass%0D%0A%22wd")).Header("Content-Disposition"));
        Assert.StartsWith("inline; ", (await _client.GetAsync(_task + "download/orthophoto.png?inline=1")).Header("Content-Disposition"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task W126_Files_of_the_results_are_served_by_their_paths()
    {
        foreach (var slash in (string[])[string.Empty, "/"])
        {
            var answer = await _client.GetAsync($"{_task}assets/odm_report/shots.geojson{slash}");
            Assert.Equal((200, "inline; filename=shots.geojson"), (answer.Status, answer.Header("Content-Disposition")));
        }

        Assert.Equal("image/png", (await _client.GetAsync(_task + "assets/orthophoto_tiles/17/32041/84886.png")).Header("Content-Type"));
    }

    [Theory]
    [InlineData("../all.zip")]
    [InlineData("..%2Fall.zip")]
    [InlineData("%2e%2e/all.zip")]
    [InlineData("%2e%2e%2fall.zip")]
    [InlineData("odm_report/..%2f..%2fall.zip")]
    [InlineData("..%5Call.zip")]
    [InlineData("%2Fetc%2Fpasswd")]
    [InlineData("//etc/passwd")]
    [InlineData("odm_report")]
    [InlineData("odm_report/")]
    [InlineData("")]
    [InlineData("nope.json")]
    [InlineData("cameras.json%00")]
    [InlineData("./cameras.json%2F..")]
    public async Task W127_Nothing_else_is_reachable(string path)
    {
        // Written by hand, because clients tidy such addresses up.
        var answer = await RawConnection.ExchangeAsync(_node, $"GET /api/{_task}assets/{path} HTTP/1.1\r\nHost: x\r\nAuthorization: JWT {_client.Token}\r\n\r\n");
        Assert.Contains(answer.Code, (int[])[400, 404, 405]);
        Assert.DoesNotContain("root:", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("PK", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task W127_A_link_in_the_results_is_not_followed()
    {
        var results = Directory.GetDirectories(Path.Combine(_node.Data, "webodm", "tasks", _task.TrimEnd('/').Split('/')[^1]), "results-*").Single();
        File.CreateSymbolicLink(Path.Combine(results, "assets", "link.txt"), "/etc/passwd");
        Directory.CreateSymbolicLink(Path.Combine(results, "assets", "etc"), "/etc");
        Assert.Equal((404, NoAsset), (await _client.GetAsync(_task + "assets/link.txt")).Both);
        Assert.Equal((404, NoAsset), (await _client.GetAsync(_task + "assets/etc/passwd")).Both);
    }

    [Fact]
    public async Task W128_Before_the_first_completion_there_is_nothing()
    {
        var path = await _client.TaskAsync(string.Empty, ("auto_processing_node", "false"));
        Assert.Equal((404, NoAsset), (await _client.GetAsync(path + "download/all.zip")).Both);
        Assert.Equal((404, NoAsset), (await _client.GetAsync(path + "assets/cameras.json")).Both);
    }

    [Fact]
    public async Task W129_Parts_of_files_are_served()
    {
        foreach (var asset in (string[])["download/all.zip", "download/textured_model.zip", "assets/cameras.json"])
        {
            var whole = await ReadAsync(asset);
            var part = await ReadAsync(asset, "Range: bytes=10-29\r\n");
            Assert.Equal((206, $"bytes 10-29/{whole.Body.Length}"), (part.Code, part.Header("Content-Range")));
            Assert.Equal(whole.Body[10..30], part.Body);
            Assert.Equal(whole.Header("ETag"), part.Header("ETag"));
            Assert.Equal("bytes", whole.Header("Accept-Ranges"));
            Assert.Equal(416, (await ReadAsync(asset, "Range: bytes=99999999-\r\n")).Code);
        }
    }

    [Fact]
    public async Task W130_Later_assets_are_listed_in_the_order_of_the_table()
    {
        var assets = (await _client.ReadAsync(_task)).GetProperty("available_assets").EnumerateArray().Select(asset => asset.GetString()!).ToList();
        Assert.Equal(OdmNode.WebOdm.Files.WebAssets.All.Select(asset => asset.Name).Where(assets.Contains), assets);
        Assert.Subset(
            assets.ToHashSet(),
            new HashSet<string> { "orthophoto_tiles.zip", "dsm.tif", "dtm.tif", "georeferenced_model.laz", "textured_model.glb", "cameras.json", "shots.geojson", "report.pdf" });
    }

    private Task<RawAnswer> ReadAsync(string asset, string headers = "") =>
        RawConnection.ExchangeAsync(_node, $"GET /api/{_task}{asset} HTTP/1.1\r\nHost: x\r\nAuthorization: JWT {_client.Token}\r\n{headers}\r\n");

    private async Task<List<string>> NamesAsync(string asset)
    {
        using var archive = new ZipArchive(new MemoryStream((await ReadAsync($"download/{asset}")).Body));
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }
}
