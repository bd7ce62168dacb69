using System.Globalization;
using System.Security.Cryptography;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>How bodies travel.</summary>
public sealed class TransportTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N12_A_sender_that_waits_for_100_continue_gets_it()
    {
        using var form = new RawForm();
        var body = form.File("a.jpg").End().ToBytes();
        using var connection = await RawConnection.OpenAsync(_node);
        await connection.SendAsync(
            $"POST /task/new HTTP/1.1\r\nHost: x\r\nContent-Type: {form.ContentType}\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n");

        // Nothing of the body has been sent so far: without the interim answer both sides would wait for ever.
        Assert.Equal("HTTP/1.1 100 Continue", (await connection.ReadAsync()).StatusLine);
        await connection.SendAsync(body);
        Assert.NotEmpty((await connection.ReadAsync()).Json.Uuid());
    }

    [Fact]
    public async Task N13_A_chunked_upload_without_length_is_accepted()
    {
        using var form = new RawForm();
        var body = form.File("a.jpg", new string('x', 100_000)).End().ToBytes();
        var uuid = await _node.InitAsync();
        using var connection = await RawConnection.OpenAsync(_node);
        await connection.SendAsync(
            $"POST /task/new/upload/{uuid} HTTP/1.1\r\nHost: x\r\nContent-Type: {form.ContentType}\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var chunk in body.Chunk(7001))
        {
            await connection.SendAsync($"{chunk.Length.ToString("x", CultureInfo.InvariantCulture)}\r\n");
            await connection.SendAsync(chunk);
            await connection.SendAsync("\r\n");
        }

        await connection.SendAsync("0\r\n\r\n");
        Assert.Equal("""{"success":true}""", (await connection.ReadAsync()).Text);
        await _node.CommitAsync(uuid);
        await _node.WaitForEndAsync(uuid);
        Assert.Equal(new string('x', 100_000), await File.ReadAllTextAsync(_node.PathOf(uuid, "images", "a.jpg")));
    }

    [Fact]
    public async Task N14_A_file_above_128_megabytes_is_accepted_unchanged()
    {
        var bytes = new byte[140_000_000];
        new Random(7).NextBytes(bytes);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "images", "large.tif" } };
        var uuid = (await _node.PostAsync("/task/new", form)).Uuid();
        await _node.WaitForEndAsync(uuid);

        await using var stored = File.OpenRead(_node.PathOf(uuid, "images", "large.tif"));
        Assert.Equal(SHA256.HashData(bytes), await SHA256.HashDataAsync(stored));
    }

    [Fact]
    public async Task N16_More_than_1024_files_in_one_request_are_accepted()
    {
        var names = Enumerable.Range(0, 1500).Select(number => $"{number:0000}.jpg").ToArray();
        var uuid = (await _node.PostAsync("/task/new", NodeCalls.Form(names))).Uuid();
        Assert.Equal(1500, (await _node.WaitForEndAsync(uuid)).GetProperty("imagesCount").GetInt32());

        Assert.Equal(names, _node.Images(uuid));
    }

    [Fact]
    public async Task N17_A_field_of_a_mebibyte_is_accepted_and_one_beyond_is_refused()
    {
        const int limit = 1 << 20;
        using var allowed = new MultipartFormDataContent { { new StringContent(new string('x', limit)), "name" } };
        using var beyond = new MultipartFormDataContent { { new StringContent(new string('x', limit + 1)), "options" } };
        using var unknown = new MultipartFormDataContent { { new StringContent(new string('x', limit + 1)), "unknown" } };

        Assert.NotEmpty((await _node.PostAsync("/task/new/init", allowed)).Uuid());
        Assert.Equal("""{"error":"Field value too long"}""", (await _node.PostAsync("/task/new/init", beyond)).GetRawText());
        Assert.Equal("""{"error":"Field value too long"}""", (await _node.PostAsync("/task/new/init", unknown)).GetRawText());
    }
}
