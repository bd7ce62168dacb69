using System.Text;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.Clients;

/// <summary>What ClusterODM does with a node.</summary>
public sealed class ClusterOdmTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly (string Name, string Value)[] Fields =
    [
        ("name", "forwarded"), ("options", """[{"name":"dsm","value":true},{"name":"primary-band","value":"lines5"}]"""), ("dateCreated", "1700000000000"),
    ];

    private static readonly IReadOnlyList<IReadOnlyList<(string Name, byte[] Content)>> Batches =
    [
        .. Enumerable.Range(0, 20).Select(batch => (IReadOnlyList<(string, byte[])>)
            [.. Enumerable.Range(0, 8).Select(file => ($"image_{(batch * 8) + file:000}.jpg", Encoding.ASCII.GetBytes(new string('x', 5000 + file))))]),
    ];

    private readonly ClusterOdmClient _cluster = new(shared.Node);

    [Fact]
    public async Task N191_A_node_is_added_and_a_task_forwarded_proxied_restarted_and_removed()
    {
        var info = (await _cluster.ProxyAsync("/info")).Json;
        Assert.True(info.GetProperty("maxParallelTasks").GetInt32() - info.GetProperty("taskQueueCount").GetInt32() > 0);
        const string uuid = "66666666-35b0-4621-8834-517f69782004";
        await _cluster.ForwardAsync(uuid, Fields, Batches);
        var done = await shared.Node.WaitForEndAsync(uuid);
        Assert.Equal("forwarded", done.GetProperty("name").GetString());
        Assert.Equal(1700000000000, done.GetProperty("dateCreated").GetInt64());
        Assert.Equal(160, done.GetProperty("imagesCount").GetInt32());
        Assert.Equal(["dsm=true", "primary-band=\"lines5\"", "pc-ept=true", "cog=true", "gltf=true"], done.Options());
        Assert.Equal(5003, new FileInfo(shared.Node.PathOf(uuid, "images", "image_083.jpg")).Length);

        Assert.Equal(40, (await _cluster.ProxyAsync($"/task/{uuid}/info?with_output=2")).Json.Code());
        Assert.Equal(3, (await _cluster.ProxyAsync($"/task/{uuid}/output?line=-3")).Json.GetArrayLength());
        var archive = await _cluster.ProxyAsync($"/task/{uuid}/download/all.zip");
        Assert.Equal(await File.ReadAllBytesAsync(shared.Node.PathOf(uuid, "all.zip")), archive.Body);
        Assert.Equal(archive.Body[7..21], (await _cluster.ProxyAsync($"/task/{uuid}/download/all.zip", "range: bytes=7-20\r\n")).Body);

        Assert.Equal("""{"success":true}""", (await _cluster.CommandAsync("restart", $$"""{"uuid":"{{uuid}}","options":[{"name":"dtm","value":true}]}""")).GetRawText());
        Assert.Contains("dtm=true", (await shared.Node.WaitForEndAsync(uuid)).Options());
        Assert.Equal("""{"success":true}""", (await _cluster.CommandAsync("cancel", $$"""{"uuid":"{{uuid}}"}""")).GetRawText());
        Assert.Equal("""{"success":true}""", (await _cluster.CommandAsync("remove", $$"""{"uuid":"{{uuid}}"}""")).GetRawText());

        // The list of the cluster drops a task when the node answers with an error, not with another status.
        var gone = await _cluster.ProxyAsync($"/task/{uuid}/info");
        Assert.Equal(200, gone.Code);
        Assert.Equal($"{uuid} not found", gone.Json.Error());
    }

    [Fact]
    public async Task N191_A_failed_sequence_is_repeated_with_the_same_id()
    {
        const string uuid = "77777777-35b0-4621-8834-517f69782004";
        await _cluster.InitAsync(uuid, Fields);
        await _cluster.UploadAsync(uuid, Batches[0]);
        await _cluster.BreakOffAsync(uuid, Batches[1]);
        await _cluster.ForwardAsync(uuid, Fields, Batches);
        var done = await shared.Node.WaitForEndAsync(uuid);

        // Repeated names must not be fatal, and every photo must be there whole.
        Assert.Equal(40, done.Code());
        Assert.All(Batches.SelectMany(batch => batch), file => Assert.Equal(file.Content, File.ReadAllBytes(shared.Node.PathOf(uuid, "images", file.Name))));
        Assert.All(Directory.GetFiles(shared.Node.PathOf(uuid, "images")), file => Assert.True(new FileInfo(file).Length >= 5000, $"{file} is cut short."));
        Assert.Equal("Invalid uuid (not found)", (await _cluster.UploadAsync(uuid, Batches[0])).Json.Error());
    }

    [Fact]
    public async Task N191_The_page_of_a_node_is_proxied_and_no_answer_redirects()
    {
        foreach (var path in (string[])["/", "/css/main.css", "/favicon.ico"])
        {
            Assert.True((await _cluster.ProxyAsync(path)).Code is 200 or 404);
        }

        Assert.Equal(JsonValueKind.Array, (await _cluster.ProxyAsync("/options")).Json.ValueKind);
    }
}
