using System.Globalization;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class RemoteNodeTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private NodeProcess _server = null!;
    private NodeProcess _other = null!;
    private WebOdmClient _client = null!;
    private long _node;

    public async Task InitializeAsync()
    {
        _server = await NodeProcess.StartAsync(_folder.PathOf("server"), "--webodm-password", "admin");
        _other = await NodeProcess.StartAsync(_folder.PathOf("other"), "--token", "secret", "-q", "2");
        _client = await WebOdmClient.LogInAsync(_server);
        var created = await _client.PostAsync("processingnodes/", WebOdmClient.Form(
            ("hostname", "127.0.0.1"), ("port", _other.Port.ToString(CultureInfo.InvariantCulture)), ("token", "secret")));
        Assert.True(created.Json.GetProperty("online").GetBoolean(), created.Text);
        _node = created.Json.GetProperty("id").GetInt64();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _other.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_task_runs_on_another_machine_as_on_this_one()
    {
        var path = await _client.TaskAsync("lines5,write:odm_report/extra.txt", ("processing_node", $"{_node}"));
        var done = await _client.WaitForAsync(path, 40);
        var uuid = done.GetProperty("uuid").GetString()!;

        Assert.Equal(_node, done.GetProperty("processing_node").GetInt64());
        Assert.Equal(40, (await _other.GetAsync($"/task/{uuid}/info?token=secret")).Code());
        Assert.Equal(["orthophoto.tif", "cameras.json"], done.GetProperty("available_assets").EnumerateArray().Select(asset => asset.GetString()).Where(asset => asset != "all.zip"));
        Assert.Equal("odm_report/extra.txt", (await _client.GetAsync(path + "assets/odm_report/extra.txt")).Text.Trim());
        var console = (await _other.GetAsync($"/task/{uuid}/output?token=secret")).EnumerateArray().Select(line => line.GetString());
        Assert.Equal(string.Join('\n', console), (await _client.GetAsync(path + "output/")).Json.GetString());

        // Restarted there, with its files.
        await _client.PatchAsync(path, WebOdmClient.Json("""{"options":[]}"""));
        await _client.ActAsync(path, "restart");
        await _client.WaitAsync(path, task => WebOdmClient.Status(task) != 40);
        Assert.Equal(uuid, (await _client.WaitForAsync(path, 40)).GetProperty("uuid").GetString());
        Assert.Equal(2, (await File.ReadAllLinesAsync(Path.Combine(_other.Data, uuid, "runs.txt"))).Length);
        Assert.Equal(404, (await _client.GetAsync(path + "assets/odm_report/none.txt")).Status);

        // Another node is chosen: the next restart sends everything there.
        await _client.PatchAsync(path, WebOdmClient.Json("""{"processing_node":1}"""));
        Assert.Equal(uuid, (await _client.ReadAsync(path)).GetProperty("uuid").GetString());
        await _client.ActAsync(path, "restart");
        var moved = await _client.WaitAsync(path, task => WebOdmClient.Status(task) == 40 && task.GetProperty("uuid").GetString() != uuid);
        Assert.Equal(40, (await _server.InfoAsync(moved.GetProperty("uuid").GetString()!)).Code());
        Assert.Equal(["a.jpg", "b.jpg"], _server.Images(moved.GetProperty("uuid").GetString()!));
    }

    [Fact]
    public async Task The_shortest_queue_is_chosen()
    {
        var first = await _client.TaskAsync("sleep30");
        await _client.WaitForAsync(first, 20);
        var second = await _client.TaskAsync("sleep30");
        var running = await _client.WaitForAsync(second, 20);
        Assert.Equal(1, (await _client.ReadAsync(first)).GetProperty("processing_node").GetInt64());
        Assert.Equal(_node, running.GetProperty("processing_node").GetInt64());

        await _client.ActAsync(second, "cancel");
        await _client.WaitForAsync(second, 50);
        Assert.Equal(50, (await _other.GetAsync($"/task/{running.GetProperty("uuid")}/info?token=secret")).Code());
    }

    [Fact]
    public async Task A_node_out_of_reach_fails_the_sending_with_the_reason()
    {
        await _other.KillAsync();
        var path = await _client.TaskAsync(string.Empty, ("processing_node", $"{_node}"));
        var failed = await _client.WaitForAsync(path, 30);
        Assert.StartsWith("Connection error: ", failed.GetProperty("last_error").GetString(), StringComparison.Ordinal);
        Assert.Equal(string.Empty, failed.GetProperty("uuid").GetString());
    }

    [Fact]
    public async Task A_deleted_node_leaves_its_tasks_without_one()
    {
        var path = await _client.TaskAsync(string.Empty, ("processing_node", $"{_node}"));
        await _client.WaitForAsync(path, 40);
        Assert.Equal(204, (await _client.DeleteAsync($"processingnodes/{_node}/")).Status);
        var task = await _client.ReadAsync(path);
        Assert.Equal((40, JsonValueKind.Null), (WebOdmClient.Status(task), task.GetProperty("processing_node").ValueKind));
        Assert.Equal(200, (await _client.GetAsync(path + "download/all.zip")).Status);
    }
}
