using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class DownloadTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N147_N149_The_archive_is_an_attachment_with_length_and_never_compressed()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        var answer = await RawConnection.ExchangeAsync(
            _node, $"GET /task/{uuid}/download/all.zip HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n");

        Assert.Equal("HTTP/1.1 200 OK", answer.StatusLine);
        Assert.Equal("application/zip", answer.Header("Content-Type"));
        Assert.Equal("attachment; filename=all.zip", answer.Header("Content-Disposition"));
        Assert.Equal(answer.Body.Length.ToString(CultureInfo.InvariantCulture), answer.Header("Content-Length"));
        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Null(answer.Header("Transfer-Encoding"));
        Assert.Equal(await File.ReadAllBytesAsync(_node.PathOf(uuid, "all.zip")), answer.Body);
    }

    [Fact]
    public async Task N148_Other_assets_are_single_results_or_refused()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        using var orthophoto = await _node.Http.GetAsync($"/task/{uuid}/download/orthophoto.tif");

        Assert.Equal("orthophoto\n", await orthophoto.Content.ReadAsStringAsync());
        Assert.Equal("""{"error":"Asset not ready"}""", (await _node.GetAsync($"/task/{uuid}/download/dsm.tif")).GetRawText());
        foreach (var asset in (string[])["images.zip", "All.zip", "all.zip%00", "..%2F..%2Fodmnode.db", "%2e%2e%2fconsole.log", "console.log", "..\\all.zip"])
        {
            var answer = await RawConnection.ExchangeAsync(_node, $"GET /task/{uuid}/download/{asset} HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.Equal(asset.Contains("%00", StringComparison.Ordinal) ? "" : """{"error":"Invalid asset"}""", answer.Text);
        }

        Assert.Equal("""{"error":"wrong not found"}""", (await _node.GetAsync("/task/wrong/download/all.zip")).GetRawText());
        Assert.Equal("""{"error":"wrong not found"}""", (await _node.GetAsync("/task/wrong/download/other")).GetRawText());
        var running = await _node.CreateAsync("hold");
        Assert.Equal("""{"error":"Asset not ready"}""", (await _node.GetAsync($"/task/{running}/download/all.zip")).GetRawText());
        await _node.SucceedAsync("remove", running);
    }

    [Fact]
    public async Task N150_A_range_is_answered_with_exactly_its_bytes()
    {
        var (path, whole) = await ArchiveAsync("fill100000");

        using var full = await _node.Http.GetAsync(path);
        Assert.Equal("bytes", Assert.Single(full.Headers.AcceptRanges));
        foreach (var (from, to) in new[] { (0, 0), (0, 9), (12345, 54321), (whole.Length - 1, whole.Length - 1), (0, whole.Length - 1) })
        {
            var (answer, bytes) = await RangeAsync(path, new RangeHeaderValue(from, to));
            Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
            Assert.Equal($"bytes {from}-{to}/{whole.Length}", answer.Content.Headers.ContentRange!.ToString());
            Assert.Equal("application/zip", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal(whole[from..(to + 1)], bytes);
        }
    }

    [Fact]
    public async Task N151_Suffixes_and_open_ranges_work_and_what_lies_beyond_is_416()
    {
        var (path, whole) = await ArchiveAsync("");

        Assert.Equal(whole[^100..], (await RangeAsync(path, new RangeHeaderValue(null, 100))).Bytes);
        Assert.Equal(whole[5..], (await RangeAsync(path, new RangeHeaderValue(5, null))).Bytes);
        Assert.Equal(whole[5..], (await RangeAsync(path, new RangeHeaderValue(5, 99_999_999))).Bytes);
        var (beyond, _) = await RangeAsync(path, new RangeHeaderValue(whole.Length, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal($"bytes */{whole.Length}", beyond.Content.Headers.ContentRange!.ToString());
    }

    [Fact]
    public async Task N152_Sixteen_ranges_are_exact_while_the_first_answer_stays_unread()
    {
        var (path, whole) = await ArchiveAsync("fill12582912");
        using var unread = await _node.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        var size = (whole.Length / 16) + 1;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async part =>
        {
            var end = Math.Min((part + 1) * size, whole.Length);
            Assert.Equal(whole[(part * size)..end], (await RangeAsync(path, new RangeHeaderValue(part * size, end - 1))).Bytes);
        }));

        Assert.Equal(whole, await unread.Content.ReadAsByteArrayAsync());
    }

    private async Task<(string Path, byte[] Whole)> ArchiveAsync(string mode)
    {
        var uuid = await _node.CreateAsync(mode);
        await _node.WaitForEndAsync(uuid);
        return ($"/task/{uuid}/download/all.zip", await File.ReadAllBytesAsync(_node.PathOf(uuid, "all.zip")));
    }

    private async Task<(HttpResponseMessage Answer, byte[] Bytes)> RangeAsync(string path, RangeHeaderValue range)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = range;
        var answer = await _node.Http.SendAsync(request);
        return (answer, await answer.Content.ReadAsByteArrayAsync());
    }
}
