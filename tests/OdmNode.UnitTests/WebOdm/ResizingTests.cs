using OdmNode.WebOdm.Tasks;

namespace OdmNode.UnitTests.WebOdm;

public sealed class ResizingTests : IDisposable
{
    private const string Marks = "WGS84 UTM 32N\n1 2 3 1000 2000 A.jpg extra\r\n\n# note\n1 2 3\t10.5 20 b.jpg\n1 2 3 7 8 absent.jpg\n";

    private readonly SchedulerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task W107_Photos_shrink_before_they_are_sent_and_marks_move_with_them()
    {
        var id = Add(("a.jpg", "4000"), ("b.jpg", "500"), ("gcp_list.txt", Marks), ("geo.txt", "EPSG:4326\na.jpg 8 47 500"));
        var seen = new List<(PendingAction? Action, double Progress)>();
        _bench.Scaler.OnPhoto = _ => seen.Add((_bench.Find(id).PendingAction, _bench.Find(id).ResizeProgress));
        var task = await _bench.LookAsync(id);

        Assert.Equal([(PendingAction.Resize, 0), (PendingAction.Resize, 0.5)], seen);
        Assert.Equal((WebTaskStage.Queued, null, 1), (task.Stage, task.PendingAction, task.ResizeProgress));
        Assert.Equal(4, Assert.Single(_bench.First.Orders).Files.Count);
        Assert.Equal(("1000", "500"), (Read(id, "a.jpg"), Read(id, "b.jpg")));
        Assert.Equal(
            "WGS84 UTM 32N\n1 2 3 250 500 A.jpg extra\r\n\n# note\n1 2 3\t10.5 20 b.jpg\n1 2 3 7 8 absent.jpg\n", Read(id, "gcp_list.txt"));
        Assert.Equal("EPSG:4326\na.jpg 8 47 500", Read(id, "geo.txt"));
        Assert.False(Directory.Exists(_bench.Tasks.Folders.Shrinking(id)));
    }

    [Fact]
    public async Task W107_A_cancel_interrupts_the_scaling_and_a_restart_goes_on_with_it()
    {
        var id = Add(("a.jpg", "4000"), ("b.jpg", "2000"), ("gcp_list.txt", Marks));
        using var step = new CancellationTokenSource();
        _bench.Scaler.OnPhoto = name =>
        {
            if (name == "a.jpg")
            {
                step.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Step.RunAsync(_bench.Tasks.Entry(id)!, step.Token));
        Assert.Equal(("1000", "2000"), (Read(id, "a.jpg"), Read(id, "b.jpg")));
        _bench.Tasks.Request(id, PendingAction.Cancel);
        Assert.Equal((WebTaskStage.Canceled, null), ((await _bench.LookAsync(id)).Stage, _bench.Find(id).PendingAction));

        _bench.Scaler.OnPhoto = _ => { };
        _bench.Tasks.Request(id, PendingAction.Restart);
        await _bench.LookAsync(id);
        Assert.Equal(WebTaskStage.Queued, (await _bench.LookAsync(id)).Stage);
        Assert.Equal(("1000", "1000"), (Read(id, "a.jpg"), Read(id, "b.jpg")));
        Assert.Contains("\n1 2 3 250 500 A.jpg", Read(id, "gcp_list.txt"), StringComparison.Ordinal);
        Assert.Contains("\n1 2 3\t5.25 10 b.jpg", Read(id, "gcp_list.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_daemon_that_was_killed_after_moving_marks_does_not_move_them_again()
    {
        var id = Add(("a.jpg", "4000"), ("gcp_list.txt", Marks));
        using var shrinking = new OdmNode.WebOdm.Files.PhotoShrinking(_bench.Tasks.Folders, _bench.Scaler);
        await shrinking.RunAsync(id, 1000, _ => { }, CancellationToken.None);
        _bench.Tasks.Change(id, task => task with { PendingAction = PendingAction.Resize });

        Assert.Equal(WebTaskStage.Queued, (await _bench.LookAsync(id)).Stage);
        Assert.Contains("\n1 2 3 250 500 A.jpg", Read(id, "gcp_list.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_holds_no_control_points_is_passed_on_as_it_is()
    {
        var id = Add(("a.jpg", "4000"), ("notes.txt", "Sunny.\nNo wind, battery 2."));
        await _bench.LookAsync(id);
        Assert.Equal(("1000", "Sunny.\nNo wind, battery 2."), (Read(id, "a.jpg"), Read(id, "notes.txt")));
    }

    private string Read(long id, string name) => File.ReadAllText(Path.Combine(_bench.Tasks.Folders.Images(id), name));

    /// <summary>A task for photos of 1000 pixels, with these files.</summary>
    private long Add(params (string Name, string Content)[] files) => _bench.Add(task =>
    {
        Directory.CreateDirectory(_bench.Tasks.Folders.Images(task.Id));
        foreach (var (name, content) in files)
        {
            File.WriteAllText(Path.Combine(_bench.Tasks.Folders.Images(task.Id), name), content);
        }

        return task with { ResizeTo = 1000 };
    });
}
