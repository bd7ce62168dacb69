using System.Text;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.HostileInput;

/// <summary>HTTP as no client speaks it.</summary>
public sealed class HostileConnectionTests(HostileNode shared) : IClassFixture<HostileNode>
{
    private const string Form = "--b\r\nContent-Disposition: form-data; name=\"images\"; filename=\"a.jpg\"\r\n\r\nx\r\n--b--\r\n";

    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task Http_1_0_is_served_and_its_connection_ended()
    {
        using var connection = await RawConnection.OpenAsync(_node);
        await connection.SendAsync($"POST /task/new HTTP/1.0\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {Form.Length}\r\n\r\n{Form}");

        Assert.NotEmpty((await connection.ReadAsync()).Json.Uuid());
        Assert.True(await connection.IsEndedAsync());
        Assert.Equal(200, (await RawConnection.ExchangeAsync(_node, "GET /info HTTP/1.0\r\n\r\n")).Code);
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Requests_in_one_stream_are_answered_in_their_order()
    {
        using var connection = await RawConnection.OpenAsync(_node);
        await connection.SendAsync(string.Concat(Enumerable.Range(0, 100).Select(number =>
            $"GET /task/{number}/info HTTP/1.1\r\nHost: x\r\n\r\nPOST /task/cancel HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nuuid=c{number:00}")));
        for (var number = 0; number < 100; number++)
        {
            Assert.Equal($"{number} not found", (await connection.ReadAsync()).Json.Error());
            Assert.Equal($"c{number:00} not found", (await connection.ReadAsync()).Json.Error());
        }

        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n", "400")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n", "400")]
    [InlineData("GET /info\r\n\r\n", "400")]
    [InlineData("GET /info HTTP/9.9\r\nHost: x\r\n\r\n", "505")]
    [InlineData("GET /info HTTP/1.1\r\n\r\n", "400")]
    [InlineData("GET /info HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n", "400")]
    [InlineData("GET /info HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n", "400")]
    [InlineData("GET /info HTTP/1.1\r\nHost: x\r\nset-uuid: a\0b\r\n\r\n", "400")]
    [InlineData("POST /task/new HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400")]
    [InlineData("POST /task/new HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", "400")]
    [InlineData("POST /task/new HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", "400")]
    [InlineData("POST /task/new HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", "400 501")]
    [InlineData("GET info HTTP/1.1\r\nHost: x\r\n\r\n", "400 405")]
    [InlineData("TRACE /info HTTP/1.1\r\nHost: x\r\n\r\n", "404 405")]
    [InlineData("get /info HTTP/1.1\r\nHost: x\r\n\r\n", "200 404")]
    [InlineData("GET http://elsewhere.example/info HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", "200")]
    public async Task Requests_that_are_none_are_answered_as_such(string request, string codes)
    {
        var answer = await RawConnection.ExchangeAsync(_node, request);

        Assert.Contains(answer.Code, codes.Split(' ').Select(code => int.Parse(code, System.Globalization.CultureInfo.InvariantCulture)));
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Heads_without_measure_are_refused()
    {
        Assert.Equal(431, await HeadAsync(string.Concat(Enumerable.Range(0, 500).Select(number => $"X-{number}: y\r\n"))));
        Assert.Equal(431, await HeadAsync($"X: {new string('y', 40_000)}\r\n"));
        Assert.Equal(431, await HeadAsync($"{new string('X', 40_000)}: y\r\n"));
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_body_longer_than_its_length_does_not_become_part_of_it()
    {
        using var connection = await RawConnection.OpenAsync(_node);
        await connection.SendAsync(
            $"POST /task/new HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {Form.Length}\r\n\r\n{Form}trailing garbage\r\n\r\n");

        Assert.NotEmpty((await connection.ReadAsync()).Json.Uuid());
        Assert.Equal(400, (await connection.ReadAsync()).Code);
        Assert.True(await connection.IsEndedAsync());
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_body_shorter_than_its_length_leaves_nothing()
    {
        var uuid = await _node.InitAsync();
        using var connection = await RawConnection.OpenAsync(_node);
        await connection.SendAsync($"POST /task/new/upload/{uuid} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n{Form[..80]}");
        connection.EndSending();
        await connection.IsEndedAsync();

        await NodeCalls.UntilAsync(() => Directory.GetFiles(Path.Combine(_node.Data, "tmp", uuid, "parts")).Length == 0);
        Assert.Equal("""{"error":"Need at least 1 file."}""", (await _node.CommitAsync(uuid)).GetRawText());
        await shared.AssertUnharmedAsync();
    }

    [Theory]
    [InlineData("zzz\r\n--b\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("fffffffffffffffff\r\n")]
    [InlineData("3\r\n--bXX\r\n")]
    [InlineData("\r\n\r\n")]
    public async Task Chunks_that_are_none_end_the_request_with_an_error(string chunks)
    {
        foreach (var (path, type) in new[] { ("/task/new", "multipart/form-data; boundary=b"), ("/task/cancel", "application/json") })
        {
            using var connection = await RawConnection.OpenAsync(_node);
            await connection.SendAsync($"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
            var answer = await connection.ReadAsync();

            Assert.True(answer.Code == 400 || answer.Json.Error().Length > 0, answer.Text);
            Assert.True(await connection.IsEndedAsync());
        }

        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task A_length_beside_chunks_does_not_smuggle_a_second_request_in()
    {
        using var connection = await RawConnection.OpenAsync(_node);
        await connection.SendAsync("POST /task/cancel HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /task/list HTTP/1.1\r\nHost: x\r\n\r\n");
        var first = await connection.ReadAsync();

        // Whatever it makes of the first: after it, the stream must be trusted no more, or be read by its chunks.
        Assert.True(first.Code == 400 || first.Json.Error() == "uuid param missing.", first.Text);
        Assert.True(await connection.IsEndedAsync(1) || first.Code == 200);
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Downloads_that_are_dropped_do_not_keep_anything()
    {
        var uuid = await _node.CreateAsync("fill30000000");
        await _node.WaitForEndAsync(uuid);
        for (var number = 0; number < 50; number++)
        {
            using var connection = await RawConnection.OpenAsync(_node);
            await connection.SendAsync($"GET /task/{uuid}/download/all.zip HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.Equal(200, (await connection.ReadAsync(isHead: true)).Code);
        }

        await _node.SucceedAsync("remove", uuid);
        await shared.AssertUnharmedAsync();
    }

    [Fact]
    public async Task Uploads_that_are_dropped_do_not_keep_anything()
    {
        var uuid = await _node.InitAsync();
        var start = Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"images\"; filename=\"a.jpg\"\r\n\r\n" + new string('x', 300_000));
        for (var number = 0; number < 50; number++)
        {
            using var connection = await RawConnection.OpenAsync(_node);
            await connection.SendAsync($"POST /task/new/upload/{uuid} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000000\r\n\r\n");
            await connection.SendAsync(start);
        }

        await NodeCalls.UntilAsync(() => Directory.GetFiles(Path.Combine(_node.Data, "tmp", uuid), "*", SearchOption.AllDirectories).Length == 1);
        await shared.AssertUnharmedAsync();
    }

    private async Task<int> HeadAsync(string headers) =>
        (await RawConnection.ExchangeAsync(_node, $"GET /info HTTP/1.1\r\nHost: x\r\n{headers}\r\n")).Code;
}
