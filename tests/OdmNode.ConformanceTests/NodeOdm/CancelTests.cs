using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>The queue of one slot, and cancelling in every state.</summary>
public sealed class CancelTests(OneSlotNode shared) : IClassFixture<OneSlotNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N33_N116_N130_N131_N146_One_slot_is_passed_on_in_the_order_of_creation()
    {
        var first = await _node.CreateAsync("hold");
        Assert.Equal(20, (await _node.InfoAsync(first)).Code());
        var second = await _node.CreateAsync("hold");
        var codes = new List<int>();
        await _node.WaitAsync(second, info =>
        {
            codes.Add(info.Code());
            return info.Code() == 10;
        });
        Assert.All(codes, code => Assert.True(code is 20 or 10, "A task is being initialised, then it waits."));
        var third = await _node.CreateAsync();
        await _node.WaitAsync(third, info => info.Code() == 10);
        Assert.Equal(3, (await _node.GetAsync("/info")).GetProperty("taskQueueCount").GetInt32());
        var engine = await _node.ProcessAsync(first);

        await _node.SucceedAsync("cancel", first);
        Assert.Equal(50, (await _node.InfoAsync(first)).Code());
        await _node.WaitAsync(second, info => info.Code() == 20);
        Assert.False(Directory.Exists($"/proc/{engine}"));
        Assert.Equal(10, (await _node.InfoAsync(third)).Code());
        await _node.ReleaseAsync(second);
        Assert.Equal(40, (await _node.WaitForEndAsync(third)).Code());
        Assert.Equal(40, (await _node.InfoAsync(second)).Code());
        Assert.Equal(0, (await _node.GetAsync("/info")).GetProperty("taskQueueCount").GetInt32());
    }

    [Fact]
    public async Task N33_N134_A_task_cancelled_while_it_is_initialised_stays_so()
    {
        var uuid = await _node.CreateSeededAsync(Seeds.Many);
        Assert.Equal(1, (await _node.GetAsync("/info")).GetProperty("taskQueueCount").GetInt32());
        await _node.SucceedAsync("cancel", uuid);
        Assert.True(IsInitialising(uuid), "The seed was unpacked before the task could be cancelled.");
        Assert.Equal(50, (await _node.InfoAsync(uuid)).Code());
        Assert.Equal(0, (await _node.GetAsync("/info")).GetProperty("taskQueueCount").GetInt32());
        await NodeCalls.UntilAsync(() => !IsInitialising(uuid));
        var next = await _node.CreateAsync();

        Assert.Equal(40, (await _node.WaitForEndAsync(next)).Code());
        Assert.Equal(50, (await _node.InfoAsync(uuid)).Code());
        Assert.Equal(Seeds.ManyEntries, Directory.GetFiles(_node.PathOf(uuid, "many")).Length);
        Assert.False(File.Exists(_node.PathOf(uuid, "engine.pid")));
    }

    [Fact]
    public async Task N134_A_task_cancelled_and_restarted_while_it_is_initialised_runs()
    {
        var uuid = await _node.CreateSeededAsync(Seeds.Many);
        var created = (await _node.InfoAsync(uuid)).GetProperty("dateCreated").GetInt64();
        Assert.Equal("""{"success":false,"error":"Task cannot be restarted"}""", (await _node.ActAsync("restart", uuid)).GetRawText());
        await _node.SucceedAsync("cancel", uuid);
        await _node.SucceedAsync("restart", uuid);
        Assert.Equal(20, (await _node.InfoAsync(uuid)).Code());

        Assert.Equal(40, (await _node.WaitForEndAsync(uuid)).Code());
        Assert.Equal(created, (await _node.InfoAsync(uuid)).GetProperty("dateCreated").GetInt64());
    }

    [Fact]
    public async Task N131_The_whole_process_tree_ends_even_what_does_not_listen()
    {
        var uuid = await _node.CreateAsync("tree");
        var engine = await _node.ProcessAsync(uuid);
        var child = await _node.ProcessAsync(uuid, "child.pid");
        await _node.SucceedAsync("cancel", uuid);
        Assert.Equal(40, (await _node.WaitForEndAsync(await _node.CreateAsync())).Code());

        Assert.False(Directory.Exists($"/proc/{engine}"));
        await NodeCalls.UntilAsync(() => !Directory.Exists($"/proc/{child}"));
    }

    [Fact]
    public async Task N131_An_engine_that_ignores_the_request_to_stop_is_gone_within_seconds()
    {
        var uuid = await _node.CreateAsync("deaf");
        var engine = await _node.ProcessAsync(uuid);
        var next = await _node.CreateAsync();
        await _node.SucceedAsync("cancel", uuid);
        Assert.Equal(50, (await _node.InfoAsync(uuid)).Code());

        Assert.Equal(40, (await _node.WaitForEndAsync(next)).Code());
        Assert.False(Directory.Exists($"/proc/{engine}"));
    }

    [Theory]
    [InlineData("exit1", 30)]
    [InlineData("", 40)]
    public async Task N132_Ended_tasks_become_cancelled(string mode, int code)
    {
        var uuid = await _node.CreateAsync(mode);
        Assert.Equal(code, (await _node.WaitForEndAsync(uuid)).Code());
        await _node.SucceedAsync("cancel", uuid);
        var info = await _node.InfoAsync(uuid);

        Assert.Equal("""{"code":50}""", info.GetProperty("status").GetRawText());
        Assert.Equal(-1, info.GetProperty("processingTime").GetInt64());
        using var archive = await _node.Http.GetAsync($"/task/{uuid}/download/all.zip");
        Assert.Equal(code == 40 ? "application/zip" : "application/json", archive.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task N133_A_cancelled_task_does_not_change()
    {
        var uuid = await _node.CreateAsync("hold");
        await _node.ProcessAsync(uuid);
        await _node.SucceedAsync("cancel", uuid);
        await _node.WaitForEndAsync(await _node.CreateAsync());
        var before = (await _node.InfoAsync(uuid, "?with_output=0")).GetRawText();
        await _node.SucceedAsync("cancel", uuid);

        Assert.Equal(before, (await _node.InfoAsync(uuid, "?with_output=0")).GetRawText());
    }

    [Fact]
    public async Task N135_A_task_cancelled_while_it_is_archived_stays_so()
    {
        var uuid = await _node.CreateAsync("sparse3G");
        await _node.WaitAsync(uuid, info => info.Progress() == 93);
        await _node.SucceedAsync("cancel", uuid);
        Assert.Equal(50, (await _node.InfoAsync(uuid)).Code());
        Assert.Equal(40, (await _node.WaitForEndAsync(await _node.CreateAsync())).Code());

        Assert.Equal(50, (await _node.InfoAsync(uuid)).Code());
        Assert.Equal("Asset not ready", (await _node.GetAsync($"/task/{uuid}/download/all.zip")).Error());
        Assert.Empty(Directory.GetFiles(_node.PathOf(uuid), "all.zip*"));
    }

    private bool IsInitialising(string uuid) => File.Exists(_node.PathOf(uuid, "images", "seed.zip")) || !Directory.Exists(_node.PathOf(uuid, "images"));
}
