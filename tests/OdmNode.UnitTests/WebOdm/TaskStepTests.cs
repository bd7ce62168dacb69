using System.Text.Json;
using OdmNode.Client;
using OdmNode.WebOdm.Accounts;
using OdmNode.WebOdm.Files;
using OdmNode.WebOdm.Nodes;
using OdmNode.WebOdm.Tasks;

namespace OdmNode.UnitTests.WebOdm;

public sealed class TaskStepTests : IDisposable
{
    private const string Uuid = "11111111-2222-4333-8444-555555555555";

    private readonly SchedulerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_id_on_the_node_is_written_down_before_anything_is_sent()
    {
        var id = _bench.Add();
        WebTask? seen = null;
        _bench.First.OnSend = _ =>
        {
            seen = _bench.Reload(id);
            return Task.CompletedTask;
        };
        await _bench.LookAsync(id);

        Assert.Equal((WebTaskStage.Sending, _bench.First.Orders.Single().Uuid, string.Empty), (seen!.Stage, seen.NodeTask, seen.Uuid));
        Assert.Equal(seen.NodeTask, _bench.Find(id).Uuid);
    }

    [Fact]
    public async Task A_sending_that_was_cut_off_goes_on_under_its_id()
    {
        var id = _bench.Add(task => task with { Stage = WebTaskStage.Sending, Node = 2, Holder = 2, NodeTask = Uuid });
        var task = await _bench.LookAsync(id);

        var order = Assert.Single(_bench.Second.Orders);
        Assert.Equal((Uuid, true), (order.Uuid, order.IsRepeat));
        Assert.Equal((WebTaskStage.Queued, Uuid), (task.Stage, task.Uuid));
    }

    [Fact]
    public async Task A_node_that_cannot_go_on_gets_the_task_under_a_new_id()
    {
        var id = _bench.Add(task => task with { Stage = WebTaskStage.Sending, Node = 2, Holder = 2, NodeTask = Uuid });
        _bench.Second.OnSend = order => order.IsRepeat ? Task.FromException(new NodeException(NodeErrorKind.NotFound, "gone")) : Task.CompletedTask;
        var task = await _bench.LookAsync(id);

        Assert.Equal([true, false], _bench.Second.Orders.Select(order => order.IsRepeat));
        Assert.NotEqual(Uuid, task.Uuid);
        Assert.Equal(_bench.Second.Orders[1].Uuid, task.Uuid);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_nodes_words_and_leaves_nothing_there()
    {
        var id = _bench.Add(task => task with { Node = 2 });
        _bench.Second.OnSend = _ => Task.FromException(new NodeException(NodeErrorKind.Refused, "Not enough space"));
        var task = await _bench.LookAsync(id);

        Assert.Equal((WebTaskStage.Failed, "Not enough space", string.Empty), (task.Stage, task.LastError, task.Uuid));
        Assert.Equal(["remove " + _bench.Second.Orders.Single().Uuid], _bench.Second.Calls);
    }

    [Theory]
    [InlineData(WebTaskStage.Accepted)]
    [InlineData(WebTaskStage.Queued)]
    public async Task A_task_in_the_queue_of_a_silent_node_is_sent_to_another(WebTaskStage stage)
    {
        var id = _bench.Add(task => OnSecond(task) with { Stage = stage });
        _bench.Second.Fault = FakeNode.Unreachable;
        Assert.Equal(stage, (await _bench.LookAsync(id)).Stage);

        _bench.Time.Advance(TimeSpan.FromMinutes(6));
        var detached = await _bench.LookAsync(id);
        Assert.Equal((WebTaskStage.Waiting, null, string.Empty), (detached.Stage, detached.Node, detached.Uuid));
        _bench.Nodes.Find(1)!.Heard();
        var moved = await _bench.LookAsync(id);
        Assert.Equal((1, WebTaskStage.Queued), (moved.Node, moved.Stage));
    }

    [Fact]
    public async Task A_running_task_of_a_silent_node_has_failed()
    {
        var id = _bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Running });
        _bench.Second.Fault = FakeNode.Unreachable;
        _bench.Time.Advance(TimeSpan.FromMinutes(6));
        var task = await _bench.LookAsync(id);

        Assert.Equal(WebTaskStage.Failed, task.Stage);
        Assert.Equal("Processing node went offline. This could be due to insufficient memory or a network error.", task.LastError);
    }

    [Fact]
    public async Task A_manual_task_waits_for_its_node()
    {
        var id = _bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Running, AutoNode = false });
        _bench.Second.Fault = FakeNode.Unreachable;
        _bench.Time.Advance(TimeSpan.FromHours(6));
        Assert.Equal(WebTaskStage.Running, (await _bench.LookAsync(id)).Stage);
    }

    [Fact]
    public async Task A_node_in_trouble_does_not_fail_what_it_works_on()
    {
        var id = _bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Running });
        _bench.Second.Fault = new NodeException(NodeErrorKind.ServerError, "502");
        Assert.Equal(WebTaskStage.Running, (await _bench.LookAsync(id)).Stage);
    }

    [Fact]
    public async Task A_damaged_archive_is_fetched_three_times_and_then_told()
    {
        var id = _bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Fetching });
        _bench.Second.OnFetch = _ => throw new InvalidDataException("damaged");
        var task = await _bench.LookAsync(id);

        Assert.Equal((WebTaskStage.Failed, "Invalid zip file"), (task.Stage, task.LastError));
        Assert.Equal(3, _bench.Second.Calls.Count);
    }

    [Fact]
    public async Task New_results_replace_old_ones_in_one_step()
    {
        var id = _bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Fetching, Results = 3, AvailableAssets = ["orthophoto.tif"] });
        Directory.CreateDirectory(_bench.Tasks.Folders.Results(id, 3));
        _bench.Second.OnFetch = results =>
        {
            Assert.Equal(3, _bench.Reload(id).Results);
            Directory.CreateDirectory(ResultFolder.Assets(results));
            File.WriteAllText(ResultFolder.Archive(results), "archive");
        };
        var task = await _bench.LookAsync(id);

        Assert.Equal((WebTaskStage.Completed, 4), (task.Stage, task.Results));
        Assert.Equal(["all.zip"], task.AvailableAssets);
        Assert.False(Directory.Exists(_bench.Tasks.Folders.Results(id, 3)));
    }

    [Fact]
    public async Task A_request_that_comes_late_in_a_step_is_looked_at_next_and_nothing_else_is()
    {
        var id = _bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Running });
        _bench.Second.Report = new NodeTaskReport(NodeTaskReport.Running, null, 5, 1);
        Nudged();
        await ScheduledAsync(id);
        Assert.Empty(Nudged());

        var gate = new TaskCompletionSource();
        _bench.Second.Cancelling = gate.Task;
        _bench.Tasks.Request(id, PendingAction.Cancel);
        Nudged();
        _bench.Scheduler.LookAtAll(CancellationToken.None);
        while (!_bench.Second.Calls.Contains("cancel " + Uuid))
        {
            await Task.Delay(5);
        }

        _bench.Tasks.Entry(id)!.IsAsked = true;
        gate.SetResult();
        await EndOfStepAsync(id);
        Assert.Equal([id], Nudged());
    }

    [Fact]
    public async Task Finished_results_tell_where_they_lie_by_the_first_raster_that_there_is()
    {
        var both = await FetchedAsync("odm_orthophoto/odm_orthophoto.tif", "odm_dem/dsm.tif");
        Assert.Equal([-180, 0, 0, 66.51], both!.Extent.Select(degrees => Math.Round(degrees, 2)));
        Assert.Equal((32632, 1), (both.Epsg, both.OrthophotoBands.Count));

        var heights = await FetchedAsync("odm_dem/dsm.tif");
        Assert.Equal(both.Extent, heights!.Extent);
        Assert.Equal((null, 0), (heights.Epsg, heights.OrthophotoBands.Count));

        Assert.Null(await FetchedAsync("cameras.json"));
        _bench.Rasters.LacksLibrary = true;
        Assert.Null(await FetchedAsync("odm_orthophoto/odm_orthophoto.tif"));
    }

    [Fact]
    public async Task W104_A_pending_action_shows_until_it_is_done()
    {
        var id = _bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Running });
        var gate = new TaskCompletionSource();
        _bench.Second.Cancelling = gate.Task;
        _bench.Tasks.Request(id, PendingAction.Cancel);
        var looking = _bench.LookAsync(id);
        Assert.Equal(PendingAction.Cancel, _bench.Find(id).PendingAction);

        gate.SetResult();
        var task = await looking;
        Assert.Equal((null, WebTaskStage.Canceled), (task.PendingAction, task.Stage));
    }

    [Fact]
    public async Task A_cancel_interrupts_the_sending_and_takes_back_what_was_sent()
    {
        var id = _bench.Add(task => task with { Node = 2 });
        var entry = _bench.Tasks.Entry(id)!;
        using var step = new CancellationTokenSource();
        entry.Step = step;
        _bench.Second.OnSend = _ =>
        {
            _bench.Tasks.Request(id, PendingAction.Cancel);
            return Task.Delay(Timeout.Infinite);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Step.RunAsync(entry, step.Token));

        var task = await _bench.LookAsync(id);
        Assert.Equal((WebTaskStage.Canceled, null, null), (task.Stage, task.PendingAction, task.NodeTask));
        Assert.Equal(["remove " + _bench.Second.Orders.Single().Uuid], _bench.Second.Calls);
    }

    [Fact]
    public async Task A_restart_stops_a_running_task_on_its_node_first()
    {
        var id = _bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Running, ProcessingTime = 77 });
        _bench.Second.Report = new NodeTaskReport(NodeTaskReport.Running, null, 77, 10);
        _bench.Tasks.Request(id, PendingAction.Restart);
        await _bench.LookAsync(id);
        Assert.Equal(["cancel " + Uuid, "restart " + Uuid], _bench.Second.Calls);
    }

    [Fact]
    public async Task A_restart_elsewhere_drops_the_stage_to_begin_from_and_frees_the_old_node()
    {
        var rerun = new WebTaskOption("rerun-from", JsonElement.Parse("\"odm_dem\""));
        var dsm = new WebTaskOption("dsm", JsonElement.Parse("true"));
        var id = _bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Failed, Node = 1, Options = [rerun, dsm] });
        _bench.Tasks.Request(id, PendingAction.Restart);
        await _bench.LookAsync(id);
        var task = await _bench.LookAsync(id);

        Assert.Equal(["remove " + Uuid], _bench.Second.Calls);
        Assert.Equal(["dsm"], task.Options.Select(option => option.Name));
        Assert.Equal((1, 1), (task.Node, task.Holder));
        Assert.NotEqual(Uuid, task.Uuid);
    }

    [Fact]
    public async Task A_task_that_is_being_removed_cannot_be_had_back_and_a_silent_node_does_not_matter()
    {
        var id = _bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Running });
        _bench.Second.Fault = FakeNode.Unreachable;
        _bench.Tasks.Request(id, PendingAction.Remove);
        _bench.Tasks.Request(id, PendingAction.Restart);
        Assert.Equal(PendingAction.Remove, _bench.Find(id).PendingAction);
        await _bench.Step.RunAsync(_bench.Tasks.Entry(id)!, CancellationToken.None);
        Assert.Null(_bench.Tasks.Find(id));
    }

    [Fact]
    public async Task The_files_of_a_copied_console_are_closed_between_two_looks()
    {
        var id = _bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Running });
        var entry = _bench.Tasks.Entry(id)!;
        for (var look = 0; look < 2; look++)
        {
            _bench.Second.Report = new NodeTaskReport(NodeTaskReport.Running, null, 5, 1);
            _bench.Second.Console.Add($"line {look}");
            entry.NextLook = default;
            await ScheduledAsync(id);
            Assert.DoesNotContain(OpenFiles(), file => file.StartsWith(_bench.Tasks.Folders.Console(id), StringComparison.Ordinal));
        }

        Assert.Equal("line 1", _bench.Consoles.Of(_bench.Find(id)).Read(0)[^1]);
    }

    [Fact]
    public void Tasks_of_a_project_whose_deletion_was_cut_off_go_at_the_next_start()
    {
        var owner = new User(1, "owner", IsAdministrator: false, IsDisabled: false);
        var (gone, other) = (_bench.Projects.Add(owner, "gone", string.Empty), _bench.Projects.Add(owner, "other", string.Empty));
        var tasks = new[] { gone, other }.Select(project => _bench.Add(task => task with { Project = project.Id, Stage = WebTaskStage.Failed })).ToList();
        _bench.Projects.Hide(gone.Id);
        _bench.Scheduler.EndDeletions();

        Assert.Equal((PendingAction.Remove, true), (_bench.Find(tasks[0]).PendingAction, _bench.Find(tasks[0]).IsHidden));
        Assert.Null(_bench.Find(tasks[1]).PendingAction);
    }

    [Fact]
    public async Task Files_are_not_sent_while_others_are_received()
    {
        var id = _bench.Add();
        using (_bench.Tasks.Receive(id))
        {
            Assert.Equal(WebTaskStage.Waiting, (await _bench.LookAsync(id)).Stage);
        }

        Assert.Equal(WebTaskStage.Queued, (await _bench.LookAsync(id)).Stage);
    }

    [Fact]
    public async Task W71_A_task_that_nobody_commits_vanishes()
    {
        var id = _bench.Add(task => task with { Stage = WebTaskStage.Draft });
        _bench.Time.Advance(TimeSpan.FromHours(71));
        _bench.Scheduler.LookAtAll(CancellationToken.None);
        Assert.False(_bench.Find(id).IsHidden);

        _bench.Time.Advance(TimeSpan.FromHours(2));
        _bench.Scheduler.LookAtAll(CancellationToken.None);
        for (var attempt = 0; _bench.Tasks.Find(id) is not null; attempt++)
        {
            Assert.True(attempt < 500, "The task is still there.");
            await Task.Delay(20);
        }
    }

    /// <summary>The tasks that the scheduler was told to look at since the last call.</summary>
    private List<long> Nudged()
    {
        var tasks = new List<long>();
        while (_bench.Nudges.Reader.TryRead(out var id))
        {
            tasks.Add(id);
        }

        return tasks;
    }

    private Task ScheduledAsync(long id)
    {
        _bench.Scheduler.LookAtAll(CancellationToken.None);
        return EndOfStepAsync(id);
    }

    private async Task EndOfStepAsync(long id)
    {
        while (_bench.Tasks.Entry(id)!.Step is not null)
        {
            await Task.Delay(5);
        }

        // The step is over before the scheduler has looked whether another is wanted.
        await Task.Delay(100);
    }

    /// <summary>What a task tells of its place when its results are these files.</summary>
    private async Task<ResultPlace?> FetchedAsync(params string[] files)
    {
        _bench.Second.OnFetch = results =>
        {
            foreach (var path in files.Select(file => Path.Combine(ResultFolder.Assets(results), file)))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, "raster");
            }
        };
        var task = await _bench.LookAsync(_bench.Add(task => OnSecond(task) with { Stage = WebTaskStage.Fetching }));
        Assert.Equal(WebTaskStage.Completed, task.Stage);
        return task.Place;
    }

    /// <summary>What this process holds open.</summary>
    private static IEnumerable<string> OpenFiles() =>
        Directory.EnumerateFiles("/proc/self/fd").Select(handle => new FileInfo(handle).LinkTarget).OfType<string>();

    private static WebTask OnSecond(WebTask task) => task with { Node = 2, Holder = 2, NodeTask = Uuid };
}
