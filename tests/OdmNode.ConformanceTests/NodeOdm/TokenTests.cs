using System.Net.Sockets;
using System.Text;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class TokenTests : IAsyncLifetime
{
    private const string Refusal = "Invalid authentication token: token does not match.";

    private readonly TemporaryFolder _folder = new();
    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync(_folder.Root, "--token", "s3cret", "--max-images", "3");

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task N22_N23_N24_N25_Only_the_query_parameter_counts_and_only_once()
    {
        foreach (var path in (string[])["/info", "/options", "/task/list", "/task/x/info", "/task/x/output", "/task/x/download/all.zip"])
        {
            Assert.Equal(Refusal, (await _node.GetAsync(path)).Error());
            Assert.Equal(Refusal, (await _node.GetAsync(path + "?token=wrong")).Error());
            Assert.Equal(Refusal, (await _node.GetAsync(path + "?token=s3cret&token=s3cret")).Error());
        }

        Assert.Equal(Refusal, (await _node.ActAsync("cancel", "x")).Error());
        using var body = new FormUrlEncodedContent(new Dictionary<string, string> { ["uuid"] = "x", ["token"] = "s3cret" });
        Assert.Equal(Refusal, (await _node.PostAsync("/task/cancel", body)).Error());
        Assert.Equal("x not found", (await _node.GetAsync("/task/x/info?token=s3cret")).Error());
        Assert.Equal(3, (await _node.GetAsync("/info?token=s3cret")).GetProperty("maxImages").GetInt32());
        Assert.True((await _node.GetAsync("/auth/info")).TryGetProperty("message", out _));
    }

    [Fact]
    public async Task N26_A_wrong_token_is_answered_while_the_client_still_sends()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", _node.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /task/new HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n--b\r\n"));
        var buffer = new byte[4096];
        var length = await stream.ReadAsync(buffer);

        Assert.StartsWith("HTTP/1.1 200 OK", Encoding.ASCII.GetString(buffer, 0, length), StringComparison.Ordinal);
    }

    [Fact]
    public async Task N73_More_files_than_allowed_are_refused_with_the_exact_text()
    {
        var answer = await _node.PostAsync("/task/new?token=s3cret", NodeCalls.Form("a.jpg", "b.jpg", "c.jpg", "d.jpg"));

        Assert.Equal("4 images uploaded, but this node can only process up to 3.", answer.Error());
    }
}
