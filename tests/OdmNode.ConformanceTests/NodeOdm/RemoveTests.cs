using System.Diagnostics;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class RemoveTests(OneSlotNode shared) : IClassFixture<OneSlotNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Theory]
    [InlineData("hold", 20)]
    [InlineData("", 40)]
    [InlineData("exit1", 30)]
    public async Task N136_N138_A_task_is_removed_with_its_files_in_every_state(string mode, int state)
    {
        var uuid = await _node.CreateAsync(mode);
        await _node.WaitAsync(uuid, info => info.Code() == state);

        await RemoveAsync(uuid);
    }

    [Fact]
    public async Task N136_N138_Queued_and_cancelled_tasks_are_removed()
    {
        var running = await _node.CreateAsync("hold");
        var queued = await _node.CreateAsync();
        var cancelled = await _node.CreateAsync();
        await _node.WaitAsync(queued, info => info.Code() == 10);
        await _node.SucceedAsync("cancel", cancelled);

        await RemoveAsync(queued);
        await RemoveAsync(cancelled);
        Assert.Equal(20, (await _node.InfoAsync(running)).Code());
        await RemoveAsync(running);
    }

    [Fact]
    public async Task N136_N138_A_task_is_removed_while_it_is_initialised()
    {
        var uuid = await _node.CreateSeededAsync(Seeds.Many);

        await RemoveAsync(uuid);
        await NodeCalls.UntilAsync(() => Directory.GetFileSystemEntries(Path.Combine(_node.Data, "tmp")).Length == 0);
    }

    [Fact]
    public async Task N137_A_task_with_fifty_thousand_files_is_removed_at_once()
    {
        var uuid = await _node.CreateAsync("thousands50");
        await _node.WaitForEndAsync(uuid);
        Assert.Equal(50_000, Directory.GetFiles(_node.PathOf(uuid, "many"), "*", SearchOption.AllDirectories).Length);
        var watch = Stopwatch.StartNew();
        await RemoveAsync(uuid);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"The answer took {watch.Elapsed}.");
        await NodeCalls.UntilAsync(() => Directory.GetFileSystemEntries(Path.Combine(_node.Data, "tmp")).Length == 0);
    }

    private async Task RemoveAsync(string uuid)
    {
        await _node.SucceedAsync("remove", uuid);
        Assert.False(Directory.Exists(_node.PathOf(uuid)));
        Assert.Equal($$"""{"error":"{{uuid}} not found"}""", (await _node.InfoAsync(uuid)).GetRawText());
        Assert.Equal($$"""{"success":false,"error":"{{uuid}} not found"}""", (await _node.ActAsync("remove", uuid)).GetRawText());
        Assert.DoesNotContain(uuid, (await _node.GetAsync("/task/list")).GetRawText(), StringComparison.Ordinal);
    }
}
