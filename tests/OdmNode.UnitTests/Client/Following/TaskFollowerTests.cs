using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using OdmNode.Client;
using OdmNode.Client.Following;
using OdmNode.Client.Wire;
using OdmNode.UnitTests.Client.Nodes;

namespace OdmNode.UnitTests.Client.Following;

public sealed class TaskFollowerTests
{
    private static readonly FollowOptions Quick = new() { Interval = TimeSpan.FromMilliseconds(20), Pause = TimeSpan.FromMilliseconds(5) };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ConcurrentQueue<FollowedTask> _states = [];

    [Theory]
    [InlineData("[INFO]    Running dataset stage", "dataset")]
    [InlineData("[INFO]    Running extract-features (opensfm): 12 units", "extract-features")]
    [InlineData("[INFO]    running gdalwarp -t_srs x", null)]
    [InlineData("Running /code/opensfm/bin", null)]
    [InlineData("", null)]
    public void The_stage_is_read_from_the_console(string line, string? stage) => Assert.Equal(stage, TaskFollower.StageOf(line));

    [Fact]
    public async Task A_streamed_console_that_breaks_again_and_again_comes_whole_and_in_order()
    {
        var task = new FakeTask { StreamsConsole = true, LinesPerStream = 4, Code = 40 };
        var lines = Numbered(30);
        task.Print(lines);
        var end = await FollowAsync(task);

        Assert.Equal(lines, _lines);
        Assert.Equal(40, end.Status.Code);
        Assert.Null(task.LastEventIds.First());
        Assert.Contains("3", task.LastEventIds);
    }

    [Fact]
    public async Task A_plain_node_is_asked_for_state_and_console_again_and_again()
    {
        var task = new FakeTask();
        await using var node = await ScriptedNode.StartAsync(task.Map);
        var following = FollowAsync(node);
        task.Print("[INFO]    Running dataset stage", "b");
        await UntilAsync(() => _lines.Count == 2 && _states.Any(state => state is { Stage: "dataset", Progress: 50, Status.Code: 20 }));
        task.Print("c");
        task.Code = 30;
        Assert.Equal(30, (await following).Status.Code);

        Assert.Equal(["[INFO]    Running dataset stage", "b", "c"], _lines);
        Assert.Equal(1, node.Count($"GET /task/{FakeTask.Id}/progress"));
        Assert.Equal(1, node.Count($"GET /task/{FakeTask.Id}/output/stream"));
    }

    [Fact]
    public async Task Units_and_time_left_are_told_where_the_node_knows_them()
    {
        var task = new FakeTask
        {
            StreamsConsole = true,
            Progress = """
                "progress":42.5,"stage":"openmvs","step":"estimate-depth","unitsDone":5,"unitsPlanned":18,"secondsLeft":73,
                "queuePosition":null,"expires":null
                """,
        };
        await using var node = await ScriptedNode.StartAsync(task.Map);
        var following = FollowAsync(node);
        await UntilAsync(() => !_states.IsEmpty);
        task.Code = 40;
        await following;

        var state = _states.First();
        Assert.Equal(("openmvs", "estimate-depth", 5, 18), (state.Stage, state.Step, state.UnitsDone, state.UnitsPlanned));
        Assert.Equal((42.5, TimeSpan.FromSeconds(73), null), (state.Progress, state.TimeLeft, state.QueuePosition));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_that_is_restarted_begins_its_console_anew(bool streams)
    {
        var task = new FakeTask { StreamsConsole = streams };
        task.Print("old 1", "old 2", "old 3");
        await using var node = await ScriptedNode.StartAsync(task.Map);
        var following = FollowAsync(node);
        await UntilAsync(() => _lines.Count == 3);
        task.Restart();
        task.Print("new 1", "new 2");
        await UntilAsync(() => _lines.Count == 5);
        task.Code = 40;
        await following;
        Assert.Equal(["old 1", "old 2", "old 3", "new 1", "new 2"], _lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_that_is_started_again_is_waited_for(bool streams)
    {
        var task = new FakeTask { StreamsConsole = streams };
        task.Print("before");
        await using var node = await ScriptedNode.StartAsync(task.Map);
        var following = FollowAsync(node);
        await UntilAsync(() => _lines.Count == 1 && !_states.IsEmpty);
        await node.StopAsync();
        await UntilAsync(() => _states.Last().IsOutOfReach);
        task.Print("after");
        await node.StartAgainAsync();
        await UntilAsync(() => _lines.Count == 2);
        task.Code = 40;
        Assert.Equal(40, (await following).Status.Code);
        Assert.Equal(["before", "after"], _lines);
    }

    [Fact]
    public async Task The_page_of_a_proxy_before_a_known_node_is_an_outage_too()
    {
        var task = new FakeTask();
        await using var node = await ScriptedNode.StartAsync(task.Map);
        var following = FollowAsync(node);
        await UntilAsync(() => !_states.IsEmpty);
        task.StateFaults.Add(context => context.Response.WriteAsync("<html>back soon</html>"), times: 3);
        await UntilAsync(() => _states.Any(state => state.IsOutOfReach));
        task.Code = 40;
        Assert.Equal(40, (await following).Status.Code);
    }

    [Fact]
    public async Task A_node_that_stays_away_for_too_long_ends_the_following()
    {
        var task = new FakeTask();
        await using var node = await ScriptedNode.StartAsync(task.Map);
        using var client = node.Connect();
        var options = Quick with { OutageLimit = TimeSpan.FromMilliseconds(300) };
        var following = new TaskFollower(client, options, TimeProvider.System)
            .FollowAsync(FakeTask.Id, _states.Enqueue, _lines.Enqueue, CancellationToken.None);
        await UntilAsync(() => !_states.IsEmpty);
        await node.StopAsync();
        var error = await Assert.ThrowsAsync<NodeException>(() => following.WaitAsync(Patience));
        Assert.Equal(NodeErrorKind.Unreachable, error.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_that_is_removed_ends_the_following(bool streams)
    {
        var task = new FakeTask { StreamsConsole = streams };
        await using var node = await ScriptedNode.StartAsync(task.Map);
        var following = FollowAsync(node);
        await UntilAsync(() => !_states.IsEmpty);
        task.IsRemoved = true;
        var error = await Assert.ThrowsAsync<NodeException>(() => following.WaitAsync(Patience));
        Assert.Equal(NodeErrorKind.NotFound, error.Kind);
    }

    [Fact]
    public async Task A_stream_that_a_proxy_holds_back_gives_way_to_questions()
    {
        var task = new FakeTask { HoldsStreamsBack = true };
        task.Print("a", "b");
        await using var node = await ScriptedNode.StartAsync(task.Map);
        using var client = node.Connect();
        var following = new TaskFollower(client, Quick with { Silence = TimeSpan.FromMilliseconds(100) }, TimeProvider.System)
            .FollowAsync(FakeTask.Id, _states.Enqueue, _lines.Enqueue, CancellationToken.None);
        await UntilAsync(() => _lines.Count == 2);
        task.Code = 40;
        await following.WaitAsync(Patience);
        Assert.Single(task.LastEventIds);
    }

    [Fact]
    public async Task A_listener_that_fails_ends_the_following_with_its_own_error()
    {
        var task = new FakeTask { StreamsConsole = true };
        task.Print("a");
        await using var node = await ScriptedNode.StartAsync(task.Map);
        using var client = node.Connect();
        await Assert.ThrowsAsync<InvalidOperationException>(() => new TaskFollower(client, Quick, TimeProvider.System).FollowAsync(
            FakeTask.Id, _ => { }, _ => throw new InvalidOperationException(), CancellationToken.None).WaitAsync(Patience));
    }

    [Fact]
    public async Task Following_stops_when_it_is_told_to()
    {
        var task = new FakeTask { StreamsConsole = true };
        await using var node = await ScriptedNode.StartAsync(task.Map);
        using var client = node.Connect();
        using var stop = new CancellationTokenSource();
        var following = new TaskFollower(client, Quick, TimeProvider.System).FollowAsync(FakeTask.Id, _states.Enqueue, _lines.Enqueue, stop.Token);
        await UntilAsync(() => !_states.IsEmpty);
        await stop.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following.WaitAsync(Patience));
        Assert.Equal(stop.Token, error.CancellationToken);
    }

    private static string[] Numbered(int count) => [.. Enumerable.Range(0, count).Select(number => $"line {number} äöü")];

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private async Task<TaskSnapshot> FollowAsync(FakeTask task)
    {
        await using var node = await ScriptedNode.StartAsync(task.Map);
        return await FollowAsync(node);
    }

    private async Task<TaskSnapshot> FollowAsync(ScriptedNode node)
    {
        using var client = node.Connect();
        return await new TaskFollower(client, Quick, TimeProvider.System)
            .FollowAsync(FakeTask.Id, _states.Enqueue, _lines.Enqueue, CancellationToken.None).WaitAsync(Patience);
    }
}
