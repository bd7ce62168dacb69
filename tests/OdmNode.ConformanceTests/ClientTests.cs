using System.Text.Json;
using OdmNode.Client;
using OdmNode.Client.Following;
using OdmNode.Client.Transfers;
using OdmNode.Client.Wire;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Core.Options;
using OdmNode.Testing.Files;
using OdmNode.Testing.Time;

namespace OdmNode.ConformanceTests;

/// <summary>The project's own client against the project's own daemon.</summary>
public sealed class ClientTests : IDisposable
{
    private const string Memory = ".odmnode-submit.json";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public ClientTests()
    {
        foreach (var name in (string[])["photos", "node"])
        {
            Directory.CreateDirectory(_folder.PathOf(name));
        }

        foreach (var name in (string[])["a.jpg", "b ü.jpg", "c.jpg"])
        {
            File.WriteAllText(_folder.PathOf("photos", name), "photo " + name);
        }
    }

    private string Data => _folder.PathOf("node");

    private string Photos => _folder.PathOf("photos");

    private string Results => _folder.PathOf("results");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Photos_go_through_a_node_and_the_results_come_back()
    {
        await using var node = await NodeProcess.StartAsync(Data);
        using var client = new NodeClient(node.Http.BaseAddress!, null);
        var order = Order("hold");
        var id = await new UploadSession(client, new UploadOptions(), TimeProvider.System).SendAsync(order, CancellationToken.None);
        Assert.Equal([id], await client.ListTasksAsync(CancellationToken.None));
        await node.WaitAsync(id, info => info.Code() == TaskSnapshotStatus.Running);
        Assert.Equal(
            order.Files.Select(file => Path.GetFileName(file)),
            Directory.EnumerateFiles(Path.Combine(Data, id, "images")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        await node.ReleaseAsync(id);

        var lines = new List<string>();
        var end = await FollowAsync(client, id, _ => { }, lines.Add);
        Assert.Equal((TaskSnapshotStatus.Completed, "survey", 3), (end.Status.Code, end.Name, end.ImagesCount));
        Assert.Equal(await node.OutputAsync(id), lines);

        await FetchAsync(client, id, _ => { });
        await AssertFetchedAsync(id);
        await client.RemoveAsync(id, CancellationToken.None);
        var error = await Assert.ThrowsAsync<NodeException>(() => client.GetTaskAsync(id, CancellationToken.None));
        Assert.Equal(NodeErrorKind.NotFound, error.Kind);
    }

    [Fact]
    public async Task A_daemon_that_is_killed_and_started_again_ends_neither_following_nor_download()
    {
        var runs = new TaskCompletionSource();
        var flows = new TaskCompletionSource();
        using var isBack = new ManualResetEventSlim();
        await using var first = await NodeProcess.StartAsync(Data);
        using var client = new NodeClient(first.Http.BaseAddress!, null);
        var id = await new UploadSession(client, new UploadOptions(), TimeProvider.System).SendAsync(Order("once"), CancellationToken.None);
        var following = FollowAsync(
            client,
            id,
            state =>
            {
                if (state.Status.Code == TaskSnapshotStatus.Running && state.Progress > 0)
                {
                    runs.TrySetResult();
                }
            },
            _ => { });
        await runs.Task.WaitAsync(Patience);
        await first.KillAsync();
        await using var second = await NodeProcess.StartOnAsync(first.Port, Data);
        Assert.Equal(TaskSnapshotStatus.Completed, (await following.WaitAsync(Patience)).Status.Code);

        var fetching = FetchAsync(
            client,
            id,
            _ =>
            {
                // All connections wait here, each with the rest of its part still to come.
                flows.TrySetResult();
                isBack.Wait(Patience);
            });
        await flows.Task.WaitAsync(Patience);
        await second.KillAsync();
        await using var third = await NodeProcess.StartOnAsync(first.Port, Data);
        isBack.Set();
        await fetching.WaitAsync(Patience);
        await AssertFetchedAsync(id);
    }

    [Fact]
    public async Task A_wrong_token_is_told_as_such()
    {
        await using var node = await NodeProcess.StartAsync(Data, "--token", "right");
        using var wrong = new NodeClient(node.Http.BaseAddress!, "wrong");
        var error = await Assert.ThrowsAsync<NodeException>(() => wrong.GetInfoAsync(CancellationToken.None));
        Assert.Equal(NodeErrorKind.WrongToken, error.Kind);
        using var right = new NodeClient(new Uri(node.Http.BaseAddress!, "/?token=right"), null);
        Assert.Equal("2.2.4", (await right.GetInfoAsync(CancellationToken.None)).Version);
    }

    [Fact]
    public async Task A_submission_that_was_killed_goes_on_with_its_task_when_it_is_given_again()
    {
        await using var node = await NodeProcess.StartAsync(Data);
        string[] arguments = [Photos, "--output", Results, "--primary-band", "sleep3"];
        string id;
        using (var submit = SubmitProcess.Start(node, arguments))
        {
            id = await UntilAsync("Processing");
            await submit.KillAsync();
        }

        var (code, output) = await SubmitProcess.RunAsync(node, arguments);
        Assert.Equal(0, code);
        Assert.Contains($"task {id}", output, StringComparison.Ordinal);
        Assert.Equal(1, (await node.GetAsync("/task/list")).GetArrayLength());
        Assert.Equal("orthophoto\n", await File.ReadAllTextAsync(Path.Combine(Results, "odm_orthophoto", "odm_orthophoto.tif")));
        Assert.False(File.Exists(Path.Combine(Results, Memory)));
    }

    [Fact]
    public async Task A_submission_that_was_killed_while_it_uploads_ends_in_one_task_of_whole_photos()
    {
        await using var node = await NodeProcess.StartAsync(Data);
        foreach (var name in (string[])["d.jpg", "e.jpg"])
        {
            using var large = File.OpenHandle(Path.Combine(Photos, name), FileMode.Create, FileAccess.Write);
            RandomAccess.SetLength(large, 100_000_000);
        }

        string[] arguments = [Photos, "--output", Results, "--parallel-uploads", "1"];
        using (var submit = SubmitProcess.Start(node, arguments))
        {
            await UntilAsync("Uploading");
            await submit.KillAsync();
        }

        Assert.Equal(0, (await SubmitProcess.RunAsync(node, arguments)).ExitCode);
        var task = Assert.Single((await node.GetAsync("/task/list")).EnumerateArray()).GetProperty("uuid").GetString()!;
        var images = new DirectoryInfo(Path.Combine(Data, task, "images")).EnumerateFiles();
        Assert.Equal(
            new DirectoryInfo(Photos).EnumerateFiles().Select(file => (file.Name, file.Length)).Order(),
            images.Select(file => (file.Name, file.Length)).Order());
    }

    [Fact]
    public async Task Uploading_alone_prints_the_id_and_the_results_are_fetched_later()
    {
        await using var node = await NodeProcess.StartAsync(Data);
        string[] arguments = [Photos, "--output", Results, "--name", "later", "--outputs", "odm_report", "--outputs", "cameras.json"];
        var (code, output) = await SubmitProcess.RunAsync(node, [.. arguments, "--no-wait"]);
        Assert.Equal(0, code);
        var id = output.Trim();
        Assert.Equal("later", (await node.WaitForEndAsync(id)).GetProperty("name").GetString());

        (code, output) = await SubmitProcess.RunAsync(node, [.. arguments, "--remove"]);
        Assert.Equal(0, code);
        Assert.Contains($"task {id}", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Results, "odm_report", "stats.json")));
        Assert.False(Directory.Exists(Path.Combine(Results, "odm_orthophoto")));
        Assert.Equal(0, (await node.GetAsync("/task/list")).GetArrayLength());
    }

    [Fact]
    public async Task An_interrupted_submission_cancels_its_task_and_is_forgotten()
    {
        await using var node = await NodeProcess.StartAsync(Data);
        using var submit = SubmitProcess.Start(node, Photos, "--output", Results, "--primary-band", "sleep30");
        var id = await UntilAsync("Processing");
        await node.WaitAsync(id, info => info.Code() == TaskSnapshotStatus.Running);
        Assert.Equal(130, await submit.InterruptAsync());
        Assert.Equal(TaskSnapshotStatus.Canceled, (await node.InfoAsync(id)).Code());
        Assert.False(File.Exists(Path.Combine(Results, Memory)));
    }

    [Fact]
    public async Task A_failed_task_is_told_and_not_taken_up_again()
    {
        await using var node = await NodeProcess.StartAsync(Data);
        string[] arguments = [Photos, "--output", Results, "--primary-band", "exit1"];
        Assert.Equal(1, (await SubmitProcess.RunAsync(node, arguments)).ExitCode);
        Assert.Equal(1, (await SubmitProcess.RunAsync(node, arguments)).ExitCode);
        Assert.Equal(2, (await node.GetAsync("/task/list")).GetArrayLength());
    }

    private static Task<TaskSnapshot> FollowAsync(NodeClient client, string id, Action<FollowedTask> onState, Action<string> onLine) =>
        new TaskFollower(client, new FollowOptions { Interval = TimeSpan.FromMilliseconds(100) }, TimeProvider.System)
            .FollowAsync(id, onState, onLine, CancellationToken.None);

    private Task FetchAsync(NodeClient client, string id, Action<TransferProgress> onProgress) =>
        new AssetDownload(client, new DownloadOptions { ChunkBytes = 1024 * 1024 }, new HastyTime())
            .FetchAsync(id, "all.zip", _folder.PathOf("fetched.zip"), onProgress, CancellationToken.None);

    private async Task AssertFetchedAsync(string id) => Assert.Equal(
        await File.ReadAllBytesAsync(Path.Combine(Data, id, "all.zip")), await File.ReadAllBytesAsync(_folder.PathOf("fetched.zip")));

    private UploadOrder Order(string mode) => new()
    {
        Request = new TaskRequest
        {
            Name = "survey",
            Options = [new OptionValue("primary-band", JsonSerializer.SerializeToElement(mode))],
            SkipPostProcessing = true,
        },
        Files = [.. Directory.EnumerateFiles(Photos).Order(StringComparer.Ordinal)],
    };

    /// <summary>Waits until the submission remembers that it is there.</summary>
    /// <returns>The id that it remembers.</returns>
    private async Task<string> UntilAsync(string phase)
    {
        for (var attempt = 0; attempt < 1200; attempt++)
        {
            if (File.Exists(Path.Combine(Results, Memory)))
            {
                var state = JsonElement.Parse(await File.ReadAllBytesAsync(Path.Combine(Results, Memory)));
                if (state.GetProperty("phase").GetString() == phase)
                {
                    return state.GetProperty("uuid").GetString()!;
                }
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("The submission did not get there.");
    }
}
