using OdmNode.Client;
using OdmNode.Core.Options;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Scheduling;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.UnitTests.WebOdm;

/// <summary>What a daemon does that has just been started and finds tasks under way, and what it makes of consoles and results that an earlier run left.</summary>
public sealed class AfterStartTests : IDisposable
{
    private const string Uuid = "11111111-2222-4333-8444-555555555555";

    private readonly SchedulerBench _bench = new();
    private readonly FakeNode _node = new();

    /// <summary>The third node has not been heard of.</summary>
    public AfterStartTests() => _bench.Nodes.Put(new NodeRecord(3, "third", 3000, string.Empty, string.Empty), _node);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(WebTaskStage.Running, SchedulerTexts.NodeOffline)]
    [InlineData(WebTaskStage.Fetching, SchedulerTexts.NodeOffline)]
    [InlineData(WebTaskStage.Queued, null)]
    public async Task A_node_is_given_the_usual_time_before_it_counts_as_silent(WebTaskStage stage, string? reason)
    {
        var id = Add(stage);
        _node.Fault = FakeNode.Unreachable;
        Assert.Equal(stage, (await _bench.LookAsync(id)).Stage);

        _bench.Time.Advance(_bench.Settings.NodeSilence);
        var task = await _bench.LookAsync(id);
        Assert.Equal((reason is null ? WebTaskStage.Waiting : WebTaskStage.Failed, reason), (task.Stage, task.LastError));
    }

    [Fact]
    public async Task A_node_is_asked_what_it_knows_before_a_task_goes_there()
    {
        await _bench.LookAsync(_bench.Add(task => task with { Node = 3 }));
        Assert.Equal(OptionCatalogue.BuiltIn, _node.Catalogue);
    }

    [Fact]
    public async Task A_node_is_asked_what_it_knows_before_a_task_begins_again_there()
    {
        _bench.Tasks.Request(Add(WebTaskStage.Failed), PendingAction.Restart);
        await _bench.LookAsync(1);
        Assert.Equal((OptionCatalogue.BuiltIn, "restart " + Uuid), (_node.Catalogue!, _node.Calls.Single()));
    }

    [Fact]
    public async Task A_restart_waits_for_a_node_that_does_not_answer_and_goes_elsewhere_when_that_takes_too_long()
    {
        var id = Add(WebTaskStage.Failed);
        _node.Fault = FakeNode.Unreachable;
        _bench.Tasks.Request(id, PendingAction.Restart);
        var waiting = await _bench.LookAsync(id);
        Assert.Equal((PendingAction.Restart, Uuid), (waiting.PendingAction, waiting.Uuid));

        _bench.Time.Advance(_bench.Settings.NodeSilence);
        var anew = await _bench.LookAsync(id);
        Assert.Equal((null, WebTaskStage.Waiting, string.Empty), (anew.PendingAction, anew.Stage, anew.Uuid));
    }

    [Fact]
    public async Task Results_of_the_run_before_that_were_fetched_in_part_are_not_taken_for_those_of_this_one()
    {
        var id = Add(WebTaskStage.Fetching, results: 2);
        Directory.CreateDirectory(_bench.Tasks.Folders.Results(id, 2));
        Directory.CreateDirectory(_bench.Tasks.Folders.Results(id, 3));
        await File.WriteAllTextAsync(ResultFolder.Archive(_bench.Tasks.Folders.Results(id, 3)), "of the run before");
        _bench.Tasks.Request(id, PendingAction.Restart);
        await _bench.LookAsync(id);

        Assert.False(Directory.Exists(_bench.Tasks.Folders.Results(id, 3)));
        Assert.True(Directory.Exists(_bench.Tasks.Folders.Results(id, 2)));
    }

    [Fact]
    public async Task Results_that_the_node_has_lost_are_told_as_a_lost_task()
    {
        var id = Add(WebTaskStage.Fetching);
        _node.OnFetch = results =>
        {
            Directory.CreateDirectory(results);
            throw new NodeException(NodeErrorKind.NotFound, "unknown");
        };
        var task = await _bench.LookAsync(id);
        Assert.Equal((WebTaskStage.Failed, Uuid + " not found"), (task.Stage, task.LastError));
        Assert.False(Directory.Exists(_bench.Tasks.Folders.Results(id, 1)));
    }

    [Fact]
    public async Task Lines_are_copied_once()
    {
        var id = Add(WebTaskStage.Running);
        foreach (var count in (int[])[3, 3, 40, 42])
        {
            Print(count);
            await _bench.LookAsync(id);
            Assert.Equal(_node.Console, _bench.Consoles.Copy(id).Read(0));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(30)]
    public async Task A_console_that_began_anew_is_copied_anew(int lines)
    {
        var id = Add(WebTaskStage.Running);
        Print(12);
        await _bench.LookAsync(id);
        _node.Console.Clear();
        Print(lines, "line of another run");
        await _bench.LookAsync(id);
        Assert.Equal(_node.Console, _bench.Consoles.Copy(id).Read(0));
    }

    [Fact]
    public async Task Lines_that_came_before_a_cancel_are_kept()
    {
        var id = Add(WebTaskStage.Running);
        Print(7);
        _bench.Tasks.Request(id, PendingAction.Cancel);
        await _bench.LookAsync(id);
        Assert.Equal(_node.Console, _bench.Consoles.Copy(id).Read(0));
    }

    private long Add(WebTaskStage stage, int results = 0)
    {
        _node.Report = new NodeTaskReport(stage == WebTaskStage.Failed ? NodeTaskReport.Failed : NodeTaskReport.Running, null, 5, 10);
        return _bench.Add(task => task with { Stage = stage, Node = 3, Holder = 3, NodeTask = Uuid, Results = results });
    }

    private void Print(int upTo, string text = "line")
    {
        while (_node.Console.Count < upTo)
        {
            _node.Console.Add($"{text} {_node.Console.Count}");
        }
    }
}
