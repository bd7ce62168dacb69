using System.Diagnostics;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>From an upload to a task.</summary>
public sealed class CommitTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Theory]
    [InlineData("")]
    [InlineData("Content-Type: application/x-www-form-urlencoded\r\n")]
    [InlineData("Content-Type: multipart/form-data\r\n")]
    [InlineData("Content-Type: application/json\r\n")]
    public async Task N63_The_body_of_a_commit_and_its_type_are_ignored(string type)
    {
        var uuid = await _node.InitAsync();
        await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"));

        var answer = await RawConnection.ExchangeAsync(_node, $"POST /task/new/commit/{uuid}?token= HTTP/1.1\r\nHost: x\r\n{type}Content-Length: 0\r\n\r\n");
        Assert.Equal($$"""{"uuid":"{{uuid}}"}""", answer.Text);
    }

    [Fact]
    public async Task N64_A_commit_is_answered_before_the_archives_are_unpacked()
    {
        var uuid = await _node.InitAsync();
        await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"));
        await _node.UploadAsync(uuid, new MultipartFormDataContent { { new ByteArrayContent(Seeds.Many), "images", "seed.zip" } });
        await _node.CommitAsync(uuid);
        var info = await _node.InfoAsync(uuid);

        Assert.Equal(20, info.Code());
        Assert.Equal(2, info.GetProperty("imagesCount").GetInt32());
        Assert.Equal(1, (await _node.WaitForEndAsync(uuid)).GetProperty("imagesCount").GetInt32());
        Assert.Equal(Seeds.ManyEntries, Directory.GetFiles(_node.PathOf(uuid, "many")).Length);
    }

    [Fact]
    public async Task N64_Ten_gigabytes_are_committed_as_quickly_as_ten_bytes()
    {
        var uuid = await _node.InitAsync();
        await _node.UploadAsync(uuid, NodeCalls.Form("video.mp4"));
        var video = Directory.GetFiles(_node.Data, "video.mp4", SearchOption.AllDirectories).Single();
        await using (var stream = File.OpenWrite(video))
        {
            stream.SetLength(10L << 30);
        }

        var watch = Stopwatch.StartNew();
        Assert.Equal(uuid, (await _node.CommitAsync(uuid)).Uuid());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"The commit took {watch.Elapsed}.");
        Assert.Equal(40, (await _node.WaitForEndAsync(uuid)).Code());
        Assert.Equal(10L << 30, new FileInfo(_node.PathOf(uuid, "images", "video.mp4")).Length);
        await _node.SucceedAsync("remove", uuid);
    }

    [Fact]
    public async Task N66_A_commit_without_files_discards_the_upload()
    {
        var uuid = await _node.InitAsync();

        Assert.Equal("""{"error":"Need at least 1 file."}""", (await _node.CommitAsync(uuid)).GetRawText());
        Assert.Equal("""{"error":"Invalid uuid (not found)"}""", (await _node.CommitAsync(uuid)).GetRawText());
        Assert.Equal("""{"error":"Invalid uuid (not found)"}""", (await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"))).GetRawText());
    }

    [Fact]
    public async Task N67_An_upload_is_no_task()
    {
        var uuid = await _node.InitAsync();
        await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"));

        Assert.Equal($$"""{"error":"{{uuid}} not found"}""", (await _node.InfoAsync(uuid)).GetRawText());
        Assert.Equal($$"""{"error":"{{uuid}} not found"}""", (await _node.GetAsync($"/task/{uuid}/output")).GetRawText());
        foreach (var action in (string[])["cancel", "remove", "restart"])
        {
            Assert.Equal($$"""{"success":false,"error":"{{uuid}} not found"}""", (await _node.ActAsync(action, uuid)).GetRawText());
        }

        Assert.DoesNotContain(uuid, (await _node.GetAsync("/task/list")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(uuid, (await _node.CommitAsync(uuid)).Uuid());
    }

    [Fact]
    public async Task N68_Invalid_options_of_a_repeated_init_do_not_destroy_the_files()
    {
        const string uuid = "33333333-35b0-4621-8834-517f69782004";
        await _node.PostAsync("/task/new/init", setUuid: uuid);
        await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"));
        using var invalid = new MultipartFormDataContent { { new StringContent("""[{"name":"dsm","value":"yes"}]"""), "options" } };
        Assert.Contains("Cannot convert yes", (await _node.PostAsync("/task/new/init", invalid, uuid)).Error(), StringComparison.Ordinal);

        Assert.Equal(uuid, (await _node.CommitAsync(uuid)).Uuid());
        Assert.Equal(40, (await _node.WaitForEndAsync(uuid)).Code());
        Assert.Equal(["a.jpg"], _node.Images(uuid));
    }

    [Fact]
    public async Task N68_An_empty_options_text_counts_as_none()
    {
        var uuid = await _node.InitAsync(("options", ""));
        await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"));

        Assert.Equal(uuid, (await _node.CommitAsync(uuid)).Uuid());
        Assert.Equal(["pc-ept=true", "cog=true", "gltf=true"], (await _node.WaitForEndAsync(uuid)).Options());
    }
}
