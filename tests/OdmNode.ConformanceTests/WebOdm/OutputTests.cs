using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class OutputTests(WebOdmNode shared) : IClassFixture<WebOdmNode>, IAsyncLifetime
{
    private readonly NodeProcess _node = shared.Node;
    private WebOdmClient _client = null!;

    public async Task InitializeAsync() => _client = await WebOdmClient.LogInAsync(_node);

    public Task DisposeAsync()
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task W109_W110_W111_W112_W114_The_console_is_one_json_string_and_the_nodes_line_for_line()
    {
        var path = await _client.TaskAsync("lines20,colour");
        var uuid = (await _client.WaitForAsync(path, 40)).GetProperty("uuid").GetString()!;
        var lines = await _node.OutputAsync(uuid);
        var whole = await _client.GetAsync(path + "output/");

        Assert.Equal("application/json; charset=utf-8", whole.Header("Content-Type"));
        Assert.Equal(string.Join('\n', lines), whole.Json.GetString());
        Assert.Equal(string.Join('\n', lines), (await _client.GetAsync(path + "output/?line=-7")).Json.GetString());
        Assert.Equal(string.Join('\n', lines[5..]), (await _client.GetAsync(path + "output?line=5")).Json.GetString());
        Assert.Equal("\"\"", (await _client.GetAsync($"{path}output/?line={lines.Length}")).Text);
        Assert.Equal("\"\"", (await _client.GetAsync(path + "output/?line=99999")).Text);
        Assert.Equal((400, """["Invalid parameter"]"""), (await _client.GetAsync(path + "output/?line=x")).Both);

        // The node forgets; the console stays.
        await _node.SucceedAsync("remove", uuid);
        Assert.Equal(whole.Text, (await _client.GetAsync(path + "output/")).Text);
    }

    [Fact]
    public async Task W111_A_task_that_has_not_begun_has_no_output()
    {
        var path = await _client.TaskAsync(string.Empty, ("auto_processing_node", "false"));
        Assert.Equal((200, "\"\""), (await _client.GetAsync(path + "output/")).Both);
    }

    [Fact]
    public async Task W113_Limits_and_formats()
    {
        var path = await _client.TaskAsync("lines20");
        var uuid = (await _client.WaitForAsync(path, 40)).GetProperty("uuid").GetString()!;
        var lines = await _node.OutputAsync(uuid);

        Assert.Equal(string.Join('\n', lines[3..5]), (await _client.GetAsync(path + "output/?line=3&limit=2")).Json.GetString());
        Assert.Equal(string.Join('\n', lines[^4..]), (await _client.GetAsync(path + "output/?limit=-4")).Json.GetString());
        Assert.Equal(string.Join('\n', lines[^2..]), (await _client.GetAsync($"{path}output/?line={lines.Length - 2}&limit=-4")).Json.GetString());
        var raw = await _client.GetAsync(path + "output/?f=raw");
        Assert.Equal(("text/plain; charset=utf-8", string.Join('\n', lines)), (raw.Header("Content-Type"), raw.Text));
        var json = (await _client.GetAsync(path + "output/?f=json&line=1&limit=2")).Json;
        Assert.Equal(lines[1..3], json.GetProperty("lines").EnumerateArray().Select(line => line.GetString()));
        Assert.Equal(lines.Length, json.GetProperty("count").GetInt32());
        Assert.Equal((400, """["Invalid parameter"]"""), (await _client.GetAsync(path + "output/?f=xml")).Both);
    }
}
