using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>How uploaded files are stored and sorted.</summary>
public sealed class FileTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Theory]
    [InlineData("sp ace#é&.JPG")]
    [InlineData("日本.jpg")]
    [InlineData("a%2Fb.jpg")]
    [InlineData("quo'te;semi=colon,comma.jpg")]
    [InlineData("UPPER lower.Jpg")]
    public async Task N99_A_name_keeps_spaces_letters_and_case(string name) => Assert.Equal([name], await StoredAsync(name));

    [Theory]
    [InlineData("filename=\"plain.jpg\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%20x.jpg", "日本 x.jpg")]
    [InlineData("filename*=utf-8'de'gr%C3%BCn.jpg", "grün.jpg")]
    [InlineData("filename*=iso-8859-1''gr%FCn.jpg", "grün.jpg")]
    [InlineData("filename=plain.jpg", "plain.jpg")]
    [InlineData("filename=\"with \\\"quotes\\\".jpg\"", "with \"quotes\".jpg")]
    public async Task N99_Names_may_be_written_in_every_usual_way(string parameter, string stored)
    {
        using var form = new RawForm();
        var uuid = (await _node.PostAsync("/task/new", form.Part($"Content-Disposition: form-data; name=\"images\"; {parameter}").End().ToContent())).Uuid();
        await _node.WaitForEndAsync(uuid);

        Assert.Equal([stored], _node.Images(uuid));
    }

    [Theory]
    [InlineData("../../evil.jpg", "evil.jpg")]
    [InlineData("/abs/evil.jpg", "evil.jpg")]
    [InlineData("c:\\x\\win.jpg", "win.jpg")]
    [InlineData("a/b\\c/d.jpg", "d.jpg")]
    [InlineData("..", "_..")]
    [InlineData(".", "_.")]
    public async Task N100_Folders_in_names_are_stripped(string name, string stored) => Assert.Equal([stored], await StoredAsync(name));

    [Fact]
    public async Task N101_Equal_names_get_an_underscore_before_the_last_extension()
    {
        var uuid = await _node.InitAsync();
        foreach (var name in (string[])["a.jpg", "a.jpg", "a.jpg", "noext", "noext", "a.tar.gz", "a.tar.gz"])
        {
            using var form = new RawForm();
            await _node.UploadAsync(uuid, form.File(name, $"content {Guid.NewGuid()}").End().ToContent());
        }

        await _node.CommitAsync(uuid);
        await _node.WaitForEndAsync(uuid);
        Assert.Equal(["a.jpg", "a.tar.gz", "a.tar_.gz", "a_.jpg", "a__.jpg", "noext", "noext_"], _node.Images(uuid));
    }

    [Fact]
    public async Task N102_Equal_names_within_one_request_are_both_kept()
    {
        using var form = new RawForm();
        var uuid = (await _node.PostAsync("/task/new", form.File("a.jpg", "first").File("a.jpg", "second").End().ToContent())).Uuid();
        await _node.WaitForEndAsync(uuid);

        Assert.Equal(["a.jpg", "a_.jpg"], _node.Images(uuid));
        Assert.Equal("first", await File.ReadAllTextAsync(_node.PathOf(uuid, "images", "a.jpg")));
        Assert.Equal("second", await File.ReadAllTextAsync(_node.PathOf(uuid, "images", "a_.jpg")));
    }

    [Fact]
    public async Task N103_A_body_json_does_not_meet_the_nodes_own() =>
        Assert.Equal(["Body.json", "_body.json"], await StoredAsync("body.json", "Body.json"));

    [Theory]
    [InlineData("gcp_list.txt", "gcp")]
    [InlineData("anything.TXT", "gcp")]
    [InlineData("geo.txt", "geo")]
    [InlineData("GEO.TXT", "geo")]
    [InlineData("image_groups.txt", "split-image-groups")]
    [InlineData("Image_Groups.txt", "split-image-groups")]
    [InlineData("align.las", "align")]
    [InlineData("ALIGN.LAZ", "align")]
    [InlineData("Align.Tif", "align")]
    public async Task N104_N105_Side_files_leave_the_images_and_reach_the_engine_by_name(string file, string option)
    {
        var uuid = await _node.CreateAsync("", "a.jpg", file);
        await _node.WaitForEndAsync(uuid);

        Assert.Equal(["a.jpg"], _node.Images(uuid));
        Assert.Equal([file], Directory.GetFiles(_node.PathOf(uuid, "gcp")).Select(path => Path.GetFileName(path)));
        Assert.Equal(
            [$"argument <--{option}>", $"argument <{_node.PathOf(uuid, "gcp", file)}>", $"argument <{uuid}>"],
            (await _node.OutputAsync(uuid))[^4..^1]);
    }

    [Fact]
    public async Task N104_N105_Of_several_candidates_the_first_in_byte_order_is_handed_over()
    {
        var uuid = await _node.CreateAsync("", "a.jpg", "gcp_list.txt", "b.txt", "geo.txt", "GEO.TXT", "align.laz", "Align.TIF", "image_groups.txt");
        await _node.WaitForEndAsync(uuid);
        var lines = await _node.OutputAsync(uuid);

        foreach (var (option, file) in new[] { ("gcp", "b.txt"), ("geo", "GEO.TXT"), ("align", "Align.TIF"), ("split-image-groups", "image_groups.txt") })
        {
            Assert.Equal($"argument <{_node.PathOf(uuid, "gcp", file)}>", lines[Array.IndexOf(lines, $"argument <--{option}>") + 1]);
        }

        Assert.Equal(7, Directory.GetFiles(_node.PathOf(uuid, "gcp")).Length);
    }

    [Fact]
    public async Task N106_A_seed_is_unpacked_with_its_folders_over_what_is_there()
    {
        var uuid = await _node.CreateSeededAsync(Seeds.Zip("opensfm/x.txt", "cameras.json", "images/seeded.jpg", "images/a.jpg"), "sleep0");
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal(40, info.Code());
        Assert.Equal("seed", await File.ReadAllTextAsync(_node.PathOf(uuid, "opensfm", "x.txt")));
        Assert.Equal(["a.jpg", "seeded.jpg"], _node.Images(uuid));
        Assert.Equal("seed", await File.ReadAllTextAsync(_node.PathOf(uuid, "images", "a.jpg")));
        Assert.Empty(Directory.GetFiles(_node.PathOf(uuid), "seed.zip", SearchOption.AllDirectories));
        Assert.Equal(2, info.GetProperty("imagesCount").GetInt32());
    }

    [Fact]
    public async Task N107_Other_archives_are_deleted()
    {
        var uuid = await _node.CreateAsync("", "a.jpg", "other.zip", "PHOTOS.ZIP", "Seed.zip");
        await _node.WaitForEndAsync(uuid);

        Assert.Equal(["a.jpg"], _node.Images(uuid));
        Assert.Empty(Directory.GetFiles(_node.PathOf(uuid, "images"), "*.zip"));
    }

    [Fact]
    public async Task N108_A_boundary_file_stays_among_the_images()
    {
        var uuid = await _node.CreateAsync("", "a.jpg", "boundary.json", "boundary.geojson");
        await _node.WaitForEndAsync(uuid);

        Assert.Equal(["a.jpg", "boundary.geojson", "boundary.json"], _node.Images(uuid));
        Assert.DoesNotContain(await _node.OutputAsync(uuid), line => line.Contains("boundary", StringComparison.Ordinal));
    }

    /// <summary>The names on disk after these were sent in one request, byte by byte as given.</summary>
    private async Task<IEnumerable<string>> StoredAsync(params string[] names)
    {
        using var form = new RawForm();
        foreach (var name in names)
        {
            form.File(name);
        }

        var uuid = (await _node.PostAsync("/task/new", form.End().ToContent())).Uuid();
        await _node.WaitForEndAsync(uuid);
        return _node.Images(uuid);
    }
}
