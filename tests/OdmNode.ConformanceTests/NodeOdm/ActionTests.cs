using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>One slot, so that tasks queue.</summary>
public sealed class ActionTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync(_folder.Root);

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task N33_N115_N116_N130_N131_N146_One_slot_is_passed_on_in_the_order_of_creation()
    {
        var first = await _node.CreateAsync("sleep30");
        Assert.Equal(20, (await _node.InfoAsync(first)).Code());
        var second = await _node.CreateAsync("sleep30");
        var third = await _node.CreateAsync();
        await _node.WaitAsync(second, info => info.Code() == 10);
        await _node.WaitAsync(third, info => info.Code() == 10);
        Assert.Equal(3, (await _node.GetAsync("/info")).GetProperty("taskQueueCount").GetInt32());
        var engine = await EngineAsync(first);

        await SucceedAsync("cancel", first);
        Assert.Equal(50, (await _node.InfoAsync(first)).Code());
        await _node.WaitAsync(second, info => info.Code() == 20);
        Assert.False(Directory.Exists($"/proc/{engine}"));
        await SucceedAsync("cancel", second);
        Assert.Equal(40, (await _node.WaitForEndAsync(third)).Code());
        await SucceedAsync("cancel", second);
        Assert.Equal(50, (await _node.InfoAsync(second)).Code());
    }

    [Fact]
    public async Task N131_An_engine_that_ignores_the_request_to_stop_is_gone_within_five_seconds()
    {
        var uuid = await _node.CreateAsync("deaf");
        var engine = await EngineAsync(uuid);
        var next = await _node.CreateAsync();
        await SucceedAsync("cancel", uuid);

        Assert.Equal(40, (await _node.WaitForEndAsync(next)).Code());
        Assert.False(Directory.Exists($"/proc/{engine}"));
    }

    [Fact]
    public async Task N132_N139_N142_N143_Ended_tasks_can_be_cancelled_and_restarted()
    {
        var uuid = await _node.CreateAsync("exit1");
        Assert.Equal("Cannot process dataset", (await _node.WaitForEndAsync(uuid)).ErrorMessage());
        await SucceedAsync("cancel", uuid);
        Assert.Null((await _node.InfoAsync(uuid)).ErrorMessage());
        Assert.Equal(50, (await _node.InfoAsync(uuid)).Code());

        await SucceedAsync("restart", uuid, NodeCalls.Mode("sleep0"));
        var completed = await _node.WaitForEndAsync(uuid);
        Assert.Equal(40, completed.Code());
        Assert.Equal("sleep0", completed.GetProperty("options")[0].GetProperty("value").GetString());
        Assert.Equal(1, (await _node.OutputAsync(uuid)).Count(line => line == $"argument <{uuid}>"));
        Assert.Equal(["run", "run"], await File.ReadAllLinesAsync(Path.Combine(_node.Data, uuid, "runs.txt")));

        await SucceedAsync("restart", uuid, "[]");
        Assert.Equal(0, (await _node.WaitForEndAsync(uuid)).GetProperty("options").GetArrayLength());
        await SucceedAsync("cancel", uuid);
        Assert.Equal(50, (await _node.InfoAsync(uuid)).Code());
    }

    [Fact]
    public async Task N140_N144_A_restart_is_refused_while_running_and_with_bad_options()
    {
        var uuid = await _node.CreateAsync("sleep30");

        Assert.Equal("""{"success":false,"error":"Task cannot be restarted"}""", (await _node.ActAsync("restart", uuid)).GetRawText());
        Assert.Contains("Cannot convert", (await _node.ActAsync("restart", uuid, """[{"name":"dsm","value":"maybe"}]""")).Error(), StringComparison.Ordinal);
        await SucceedAsync("remove", uuid);
    }

    [Fact]
    public async Task N141_A_cancel_followed_at_once_by_a_restart_runs_cleanly()
    {
        var uuid = await _node.CreateAsync("once,deaf");
        await EngineAsync(uuid);
        await SucceedAsync("cancel", uuid);
        await SucceedAsync("restart", uuid, "[]");

        Assert.Equal(40, (await _node.WaitForEndAsync(uuid)).Code());
        Assert.Equal($"argument <{_node.Data}>", (await _node.OutputAsync(uuid))[1]);
    }

    [Fact]
    public async Task N127_N128_N129_Bodies_may_be_urlencoded_or_json()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        using var json = new StringContent($$"""{"uuid":"{{uuid}}","options":[{"name":"dsm","value":true}]}""", MediaTypeHeaderValue.Parse("application/json"));
        Assert.True((await _node.PostAsync("/task/restart", json)).GetProperty("success").GetBoolean());
        Assert.Equal("dsm", (await _node.WaitForEndAsync(uuid)).GetProperty("options")[0].GetProperty("name").GetString());

        Assert.Equal("uuid param missing.", (await _node.PostAsync("/task/cancel")).Error());
        Assert.Equal("uuid param missing.", (await _node.PostAsync("/task/cancel", new StringContent("uuid=x"))).Error());
        using var broken = new StringContent("{", MediaTypeHeaderValue.Parse("application/json"));
        Assert.NotEmpty((await _node.PostAsync("/task/cancel", broken)).Error());
        Assert.Equal("""{"success":false,"error":"wrong not found"}""", (await _node.ActAsync("cancel", "wrong")).GetRawText());
    }

    [Fact]
    public async Task N18_A_restart_takes_options_as_large_as_a_creation()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        var boundary = JsonSerializer.Serialize(new string('x', 900_000));
        await SucceedAsync("restart", uuid, JsonSerializer.Serialize(new[] { new { name = "cameras", value = boundary } }));
        await _node.WaitForEndAsync(uuid);
    }

    [Theory]
    [InlineData("sleep30", 20)]
    [InlineData("", 40)]
    [InlineData("exit1", 30)]
    public async Task N136_N138_A_task_is_removed_with_its_files_in_every_state(string mode, int state)
    {
        var uuid = await _node.CreateAsync(mode);
        await _node.WaitAsync(uuid, info => info.Code() == state);
        await SucceedAsync("remove", uuid);

        Assert.Equal($"{uuid} not found", (await _node.InfoAsync(uuid)).Error());
        Assert.Equal($"{uuid} not found", (await _node.ActAsync("remove", uuid)).Error());
        Assert.False(Directory.Exists(Path.Combine(_node.Data, uuid)));
    }

    private async Task SucceedAsync(string action, string uuid, string? options = null) =>
        Assert.Equal("""{"success":true}""", (await _node.ActAsync(action, uuid, options)).GetRawText());

    /// <summary>The engine's process number, once it runs.</summary>
    private async Task<int> EngineAsync(string uuid)
    {
        var file = Path.Combine(_node.Data, uuid, "engine.pid");
        await _node.WaitAsync(uuid, _ => File.Exists(file) && new FileInfo(file).Length > 0);
        return int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture);
    }
}
