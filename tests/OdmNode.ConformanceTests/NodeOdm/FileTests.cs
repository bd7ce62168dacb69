using System.IO.Compression;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class FileTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N99_to_N103_Stored_names_are_harmless_and_otherwise_unchanged()
    {
        var uuid = await UploadRawAsync(
            "a.jpg", "a.jpg", "../../evil.jpg", "sp ace#é&.JPG", "body.json", "noext", "noext", "c:\\x\\win.jpg", "a.tar.gz", "a.tar.gz",
            "a%2Fb.jpg", "日本.jpg", "..", ".");

        Assert.Equal(
            new[]
            {
                "_.", "_..", "_body.json", "a%2Fb.jpg", "a.jpg", "a.tar.gz", "a.tar_.gz", "a_.jpg", "evil.jpg", "noext", "noext_", "sp ace#é&.JPG",
                "win.jpg", "日本.jpg",
            }.Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.Combine(_node.Data, uuid, "images")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("nul\0l.jpg")]
    [InlineData("bell\a.jpg")]
    public async Task Control_characters_in_names_are_refused(string name)
    {
        using var content = RawForm(name);

        Assert.Contains("error", (await _node.PostAsync("/task/new", content)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_too_long_for_the_file_system_is_refused()
    {
        var uuid = (await _node.PostAsync("/task/new/init")).GetProperty("uuid").GetString()!;
        using var content = RawForm(new string('x', 300) + ".jpg");

        Assert.StartsWith("ENAMETOOLONG: name too long, open '", (await _node.PostAsync($"/task/new/upload/{uuid}", content)).Error(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task N104_N105_N107_N108_Side_files_reach_the_engine_by_name()
    {
        var uuid = await _node.CreateAsync(
            "", "a.jpg", "gcp_list.txt", "GEO.TXT", "Align.TIF", "align.laz", "image_groups.txt", "other.zip", "boundary.json");
        await _node.WaitForEndAsync(uuid);
        var lines = await _node.OutputAsync(uuid);
        var folder = Path.Combine(_node.Data, uuid);

        Assert.Equal(
            ["a.jpg", "boundary.json"],
            Directory.GetFiles(Path.Combine(folder, "images")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        foreach (var (option, file) in new[] { ("gcp", "gcp_list.txt"), ("geo", "GEO.TXT"), ("align", "Align.TIF"), ("split-image-groups", "image_groups.txt") })
        {
            Assert.Equal($"argument <{folder}/gcp/{file}>", lines[Array.IndexOf(lines, $"argument <--{option}>") + 1]);
        }
    }

    [Fact]
    public async Task N106_A_seed_is_unpacked_into_the_task_and_its_hostile_entries_are_not()
    {
        var good = await SeedAsync("opensfm/x.txt", "images/seeded.jpg");
        var bad = await SeedAsync("../../escaped.txt");
        var folder = Path.Combine(_node.Data, good);
        await _node.WaitForEndAsync(good);

        Assert.True(File.Exists(Path.Combine(folder, "opensfm", "x.txt")));
        Assert.True(File.Exists(Path.Combine(folder, "images", "seeded.jpg")));
        Assert.False(File.Exists(Path.Combine(folder, "images", "seed.zip")));
        Assert.Contains("outside its folder", (await _node.WaitForEndAsync(bad)).ErrorMessage(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_node.Data, "..", "escaped.txt")));
    }

    private async Task<string> SeedAsync(params string[] entries)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                using var stream = archive.CreateEntry(entry).Open();
                stream.Write("seed"u8);
            }
        }

        var form = NodeCalls.Form("a.jpg");
        form.Add(new ByteArrayContent(zip.ToArray()), "images", "seed.zip");
        return (await _node.PostAsync("/task/new", form)).GetProperty("uuid").GetString()!;
    }

    private async Task<string> UploadRawAsync(params string[] names)
    {
        using var content = RawForm(names);
        var uuid = (await _node.PostAsync("/task/new", content)).GetProperty("uuid").GetString()!;
        await _node.WaitForEndAsync(uuid);
        return uuid;
    }

    /// <summary>Names as they stand, which the client library would escape.</summary>
    private static ByteArrayContent RawForm(params string[] names)
    {
        var text = string.Concat(names.Select(name =>
            $"--b\r\nContent-Disposition: form-data; name=\"images\"; filename=\"{name}\"\r\n\r\ncontent\r\n")) + "--b--\r\n";
        var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        return content;
    }
}
