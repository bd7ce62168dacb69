using System.Diagnostics;
using OdmNode.Tasks.ObjectStore;

namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>A task that is cancelled, or a node that stops, while results are on their way.</summary>
public sealed class CancelTests(S3Server server) : IClassFixture<S3Server>
{
    private const int Part = 64 * 1024;
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(3);
    private static readonly UploadLimits SmallParts = new() { SmallestPart = Part, LargestPart = Part, PartsAtOnce = 1 };

    [Fact]
    public async Task Cancelled_in_the_middle_an_upload_leaves_neither_an_object_nor_parts()
    {
        using var cancellation = new CancellationTokenSource();
        using var task = new UploadedTask(4 * Part);
        var reached = new TaskCompletionSource();
        await using var front = await StoreFront.StartAsync(server, request => request.Part == "2" ? Reach(reached) : Treatment.Pass);

        var (elapsed, exception) = await CancelAsync(task, front, reached.Task, cancellation);

        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.InRange(elapsed, TimeSpan.Zero, Prompt);
        Assert.Equal(["POST", "PUT", "PUT", "DELETE"], front.Seen.Select(request => request.Method));
        Assert.Empty(server.Objects($"{task.Id}/"));
        Assert.Empty(server.UnfinishedUploads($"{task.Id}/"));
    }

    [Fact]
    public async Task A_store_that_has_died_does_not_hold_up_a_cancel()
    {
        using var cancellation = new CancellationTokenSource();
        using var task = new UploadedTask(4 * Part);
        var reached = new TaskCompletionSource();
        await using var front = await StoreFront.StartAsync(server, request => request.Method == "POST" ? Treatment.Pass : Reach(reached));

        var (elapsed, _) = await CancelAsync(task, front, reached.Task, cancellation);

        Assert.InRange(elapsed, TimeSpan.Zero, Prompt);
        Assert.Equal("[WARNING] Parts of all.zip may be left in the store as an unfinished upload.", task.Lines[^1]);
    }

    [Fact]
    public async Task A_cancel_ends_the_wait_for_the_next_attempt()
    {
        using var cancellation = new CancellationTokenSource();
        using var task = new UploadedTask(Part);
        var reached = new TaskCompletionSource();
        await using var front = await StoreFront.StartAsync(server, _ =>
        {
            reached.TrySetResult();
            return Treatment.Refuse;
        });

        var (elapsed, _) = await CancelAsync(task, front, reached.Task, cancellation);

        Assert.InRange(elapsed, TimeSpan.Zero, Prompt);
        Assert.Single(front.Seen);
    }

    [Fact]
    public async Task Cancelled_while_the_store_begins_an_upload_in_parts_it_is_withdrawn_all_the_same()
    {
        using var cancellation = new CancellationTokenSource();
        using var task = new UploadedTask(4 * Part);
        var reached = new TaskCompletionSource();
        await using var front = await StoreFront.StartAsync(server, request =>
        {
            if (request.Method == "POST")
            {
                reached.TrySetResult();
                Thread.Sleep(100);
            }

            return Treatment.Pass;
        });

        await CancelAsync(task, front, reached.Task, cancellation);

        Assert.Equal(["POST", "DELETE"], front.Seen.Select(request => request.Method));
        Assert.Empty(server.UnfinishedUploads($"{task.Id}/"));
    }

    private static Treatment Reach(TaskCompletionSource reached)
    {
        reached.TrySetResult();
        return Treatment.Hold;
    }

    private async Task<(TimeSpan Elapsed, OperationCanceledException Exception)> CancelAsync(
        UploadedTask task, StoreFront front, Task reached, CancellationTokenSource cancellation)
    {
        using var store = new S3ResultStore(server.Settings with { Endpoint = front.Url }, TimeProvider.System, SmallParts);
        var upload = Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.UploadAsync(store, cancellation.Token));
        await reached.WaitAsync(TimeSpan.FromSeconds(30));
        var clock = Stopwatch.StartNew();
        await cancellation.CancelAsync();
        var exception = await upload;
        return (clock.Elapsed, exception);
    }
}
