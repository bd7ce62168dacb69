using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using OdmNode.Client;
using OdmNode.Client.Transfers;
using OdmNode.Testing.Files;
using OdmNode.UnitTests.Client.Nodes;

namespace OdmNode.UnitTests.Client.Transfers;

public sealed class UploadSessionTests : IDisposable
{
    private const string Id = FakeUploads.Id;
    private static readonly UploadOptions Quick = new() { ParallelFiles = 4, Pause = TimeSpan.FromMilliseconds(5) };

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<TransferProgress> _progress = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_file_arrives_once_and_whole_and_several_travel_together()
    {
        var uploads = new FakeUploads();
        uploads.UploadFaults.Add(Slowly, times: 8);
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        var files = Photos(8);
        var begun = new List<string>();
        var order = Order(files) with { OnBegun = begun.Add };

        // The first answers are late and empty, so that the next requests meet them; their files are then sent again.
        Assert.Equal(Id, await new UploadSession(client, Quick, TimeProvider.System).SendAsync(order, CancellationToken.None));

        AssertHolds(uploads, files);
        Assert.Equal([Id], begun);
        Assert.Equal(4, uploads.MostParallel);
        Assert.True(uploads.IsTask(Id));
        AssertProgressEnds(files);

        static async Task Slowly(HttpContext context)
        {
            await context.Request.ReadFormAsync();
            await Task.Delay(100);
            await Faults.Fail(context);
        }
    }

    [Fact]
    public async Task A_file_is_sent_again_after_an_error_and_after_a_break()
    {
        var uploads = new FakeUploads();
        uploads.UploadFaults.Add(Faults.Fail);
        uploads.UploadFaults.Add(Faults.Break, times: 2);
        uploads.UploadFaults.Add(Faults.Json("""{"error":"Unexpected end of multipart data"}"""));
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        var files = Photos(1, bytes: 700_000);
        await new UploadSession(client, Quick, TimeProvider.System).SendAsync(Order(files), CancellationToken.None);

        AssertHolds(uploads, files);
        Assert.Equal(5, node.Count($"POST /task/new/upload/{Id}"));
        AssertProgressEnds(files);
    }

    [Fact]
    public async Task A_refusal_that_is_final_is_taken_so_at_once()
    {
        var uploads = new FakeUploads();
        uploads.UploadFaults.Add(Faults.Json("""{"error":"No room","noRetry":true}"""), times: 10);
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        var session = new UploadSession(client, Quick with { ParallelFiles = 1 }, TimeProvider.System);
        var error = await Assert.ThrowsAsync<NodeException>(() => session.SendAsync(Order(Photos(3)), CancellationToken.None));

        Assert.Equal("No room", error.Message);
        Assert.Equal(1, node.Count("POST /task/new/upload"));
        Assert.Equal(0, node.Count("POST /task/new/commit"));
    }

    [Fact]
    public async Task Attempts_end()
    {
        var uploads = new FakeUploads { TellsWhatItHolds = false };
        uploads.UploadFaults.Add(Faults.Fail, times: 100);
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        var session = new UploadSession(client, Quick, TimeProvider.System);
        var error = await Assert.ThrowsAsync<NodeException>(() => session.SendAsync(Order(Photos(1)), CancellationToken.None));
        Assert.Equal(NodeErrorKind.ServerError, error.Kind);
        Assert.Equal(1 + Quick.Retries, node.Count("POST /task/new/upload"));
    }

    [Fact]
    public async Task A_session_that_broke_goes_on_with_the_files_that_the_node_lacks()
    {
        var uploads = new FakeUploads();
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        var files = Photos(3);
        uploads.Open(Id);
        await client.SendFilesAsync(Id, [files[1]], _ => { }, CancellationToken.None);
        uploads.UploadFaults.Add(Faults.Fail, times: 2);

        var session = new UploadSession(client, Quick with { ParallelFiles = 1, Retries = 1 }, TimeProvider.System);
        Assert.True(await session.ResumeAsync(Id, Order(files), CancellationToken.None));

        // One for the file before, two in vain, two that arrive: what the node held was never sent again.
        Assert.Equal(5, node.Count("POST /task/new/upload"));
        Assert.Equal(2, node.Count("POST /task/new/init"));
        Assert.Equal(Id, uploads.SetUuid);
        AssertHolds(uploads, files);
        Assert.True(uploads.IsTask(Id));
        Assert.Equal(new FileInfo(files[1]).Length, _progress.First().Bytes);
        AssertProgressEnds(files);
    }

    [Fact]
    public async Task Nothing_is_sent_for_an_upload_that_became_a_task()
    {
        var uploads = new FakeUploads();
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        var session = new UploadSession(client, Quick, TimeProvider.System);
        var files = Photos(2);
        await session.SendAsync(Order(files), CancellationToken.None);
        Assert.True(await session.ResumeAsync(Id, Order(files), CancellationToken.None));
        Assert.Equal(2, node.Count("POST /task/new/upload"));
    }

    [Theory]
    [InlineData("a plain node")]
    [InlineData("another file")]
    [InlineData("another content")]
    [InlineData("another size")]
    [InlineData("forgotten")]
    public async Task An_upload_is_not_continued_where_photos_could_be_doubled(string reason)
    {
        var uploads = new FakeUploads { TellsWhatItHolds = reason != "a plain node" };
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        var files = Photos(2);
        if (reason != "forgotten")
        {
            uploads.Open(Id);
        }

        byte[] content = [.. File.ReadAllBytes(files[0])];
        content[7] ^= reason == "another content" ? (byte)1 : (byte)0;
        uploads.Files.Enqueue((
            reason == "another file" ? "other.jpg" : Path.GetFileName(files[0]), reason == "another size" ? content[1..] : content));

        Assert.False(await new UploadSession(client, Quick, TimeProvider.System).ResumeAsync(Id, Order(files), CancellationToken.None));
        Assert.Equal(0, node.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_a_commit()
    {
        var uploads = new FakeUploads();
        uploads.CommitFaults.Add(Faults.Break);
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        Assert.Equal(Id, await new UploadSession(client, Quick, TimeProvider.System).SendAsync(Order(Photos(1)), CancellationToken.None));
        Assert.Equal(2, node.Count("POST /task/new/commit"));
    }

    [Fact]
    public async Task The_id_that_a_task_shall_have_is_kept()
    {
        var uploads = new FakeUploads();
        await using var node = await ScriptedNode.StartAsync(uploads.Map);
        using var client = node.Connect();
        const string wanted = "33333333-3333-4333-8333-333333333333";
        var order = Order(Photos(1)) with { Request = new TaskRequest { Uuid = wanted } };
        Assert.Equal(wanted, await new UploadSession(client, Quick, TimeProvider.System).SendAsync(order, CancellationToken.None));
        Assert.True(uploads.IsTask(wanted));
    }

    private static void AssertHolds(FakeUploads uploads, IReadOnlyList<string> files)
    {
        Assert.Equal(
            files.Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
            uploads.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(
            File.ReadAllBytes(file), uploads.Files.Single(stored => stored.Name == Path.GetFileName(file)).Content));
    }

    private void AssertProgressEnds(IReadOnlyList<string> files)
    {
        var total = files.Sum(file => new FileInfo(file).Length);
        Assert.Equal((total, total), (_progress.Last().Bytes, _progress.Last().Total));
        Assert.All(_progress, progress => Assert.InRange(progress.Bytes, 0, total));
    }

    private UploadOrder Order(IReadOnlyList<string> files) =>
        new() { Request = new TaskRequest { Name = "survey" }, Files = files, OnProgress = _progress.Enqueue };

    private List<string> Photos(int count, int bytes = 5000)
    {
        var random = new Random(count);
        var files = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var content = new byte[bytes + i];
            random.NextBytes(content);
            files.Add(_folder.PathOf($"photo{i}.jpg"));
            File.WriteAllBytes(files[i], content);
        }

        return files;
    }
}
