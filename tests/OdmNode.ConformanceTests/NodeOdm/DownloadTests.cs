using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class DownloadTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N147_N149_N153_N154_The_archive_is_an_attachment_with_length_and_the_usual_content()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/task/{uuid}/download/all.zip");
        request.Headers.AcceptEncoding.ParseAdd("gzip, deflate, br");
        using var answer = await _node.Http.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment; filename=all.zip", Assert.Single(answer.Content.Headers.GetValues("Content-Disposition")));
        Assert.Equal(bytes.Length, answer.Content.Headers.ContentLength);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Equal("bytes", Assert.Single(answer.Headers.AcceptRanges));
        using var archive = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(
            ["cameras.json", "odm_orthophoto/odm_orthophoto.tif", "odm_report/stats.json", "task_output.txt"],
            archive.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(archive.GetEntry("task_output.txt")!.Open());
        Assert.Equal(await _node.OutputAsync(uuid), (await reader.ReadToEndAsync()).TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task N148_Other_assets_are_single_results_or_refused()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        using var orthophoto = await _node.Http.GetAsync($"/task/{uuid}/download/orthophoto.tif");

        Assert.Equal("orthophoto\n", await orthophoto.Content.ReadAsStringAsync());
        Assert.Equal("Asset not ready", (await _node.GetAsync($"/task/{uuid}/download/dsm.tif")).Error());
        Assert.Equal("Invalid asset", (await _node.GetAsync($"/task/{uuid}/download/images.zip")).Error());
        Assert.Equal("Invalid asset", (await _node.GetAsync($"/task/{uuid}/download/..%2F..%2Fodmnode.db")).Error());
        Assert.Equal("wrong not found", (await _node.GetAsync("/task/wrong/download/all.zip")).Error());
    }

    [Fact]
    public async Task N150_N151_N152_Sixteen_ranges_are_exact_while_the_first_answer_stays_unread()
    {
        var uuid = await _node.CreateAsync("big");
        await _node.WaitForEndAsync(uuid);
        var path = $"/task/{uuid}/download/all.zip";
        var whole = await File.ReadAllBytesAsync(Path.Combine(_node.Data, uuid, "all.zip"));
        using var unread = await _node.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        var size = (whole.Length / 16) + 1;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async part =>
        {
            var end = Math.Min((part + 1) * size, whole.Length);
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Range = new RangeHeaderValue(part * size, end - 1);
            using var answer = await _node.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
            Assert.Equal(whole[(part * size)..end], await answer.Content.ReadAsByteArrayAsync());
        }));

        Assert.Equal(whole, await unread.Content.ReadAsByteArrayAsync());
        Assert.Equal(whole[^100..], await RangeAsync(path, new RangeHeaderValue(null, 100)));
        Assert.Equal(whole[5..], await RangeAsync(path, new RangeHeaderValue(5, null)));
        using var beyond = new HttpRequestMessage(HttpMethod.Get, path);
        beyond.Headers.Range = new RangeHeaderValue(whole.Length, null);
        using var refused = await _node.Http.SendAsync(beyond);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, refused.StatusCode);
    }

    [Fact]
    public async Task N81_N82_N84_Outputs_replace_the_content_and_stay_inside_the_task()
    {
        var form = NodeCalls.Form("a.jpg");
        form.Add(new StringContent("""["odm_report","/cameras.json","../../../odmnode.db",7,null,"images/a.jpg"]"""), "outputs");
        var uuid = (await _node.PostAsync("/task/new", form)).GetProperty("uuid").GetString()!;
        await _node.WaitForEndAsync(uuid);
        using var archive = ZipFile.OpenRead(Path.Combine(_node.Data, uuid, "all.zip"));

        Assert.Equal(
            ["cameras.json", "images/a.jpg", "odm_report/stats.json", "task_output.txt"],
            archive.Entries.Select(entry => entry.FullName));
    }

    private async Task<byte[]> RangeAsync(string path, RangeHeaderValue range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = range;
        using var answer = await _node.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
