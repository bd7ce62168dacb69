using System.Diagnostics;
using System.Globalization;
using OdmNode.Client;
using OdmNode.Client.Transfers;
using OdmNode.Testing.Files;
using OdmNode.Testing.Time;
using OdmNode.UnitTests.Client.Nodes;

namespace OdmNode.UnitTests.Client.Transfers;

public sealed class AssetDownloadTests : IDisposable
{
    private const int Chunk = 100_000;
    private static readonly DownloadOptions Quick = new() { ChunkBytes = Chunk, Pause = TimeSpan.FromMilliseconds(5) };

    private readonly TemporaryFolder _folder = new();

    private string Target => _folder.PathOf("all.zip");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Parts_over_several_connections_make_up_the_file()
    {
        var archive = new FakeArchive { Content = Bytes(1_234_567) };
        archive.Faults.Add(
            async context =>
            {
                await Task.Delay(100);
                await archive.BreakAfter(10)(context);
            },
            times: 4);
        var progress = await FetchAsync(archive);

        Assert.Equal(4, archive.MostParallel);
        Assert.DoesNotContain(null, archive.Ranges);
        AssertWhole(archive);
        Assert.Equal((1_234_567, 1_234_567), (progress.Bytes, progress.Total));
    }

    [Fact]
    public async Task A_part_that_breaks_off_goes_on_from_its_last_byte()
    {
        var archive = new FakeArchive { Content = Bytes(3 * Chunk) };
        archive.Faults.Add(archive.BreakAfter(1000));
        archive.Faults.Add(archive.Shorten(500));
        archive.Faults.Add(Faults.Fail);
        archive.Faults.Add(Faults.Break);
        await FetchAsync(archive, Quick with { Connections = 1 });

        AssertWhole(archive);
        Assert.Equal("bytes=0-99999", archive.Ranges.First());
        Assert.Contains("bytes=1500-99999", archive.Ranges);
        Assert.Equal(7, archive.Ranges.Count);
    }

    [Fact]
    public async Task A_node_that_is_started_again_in_the_middle_does_no_harm()
    {
        var archive = new FakeArchive { Content = Bytes(20 * Chunk) };
        await using var node = await ScriptedNode.StartAsync(archive.Map);
        using var client = node.Connect();
        var reached = new TaskCompletionSource();
        for (var i = 0; i < 7; i++)
        {
            archive.Faults.Add(archive.BreakAfter(Chunk - 1));
        }

        archive.Faults.Add(context =>
        {
            reached.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });
        var download = new AssetDownload(client, Quick, TimeProvider.System)
            .FetchAsync(FakeTask.Id, "all.zip", Target, _ => { }, CancellationToken.None);
        await reached.Task;
        await node.StopAsync();
        await node.StartAgainAsync();
        await download;
        AssertWhole(archive);
    }

    [Fact]
    public async Task A_download_that_was_stopped_fetches_only_what_it_lacks()
    {
        var archive = new FakeArchive { Content = Bytes(10 * Chunk) };
        using var stop = new CancellationTokenSource();
        archive.Faults.Add(archive.BreakAfter(Chunk / 2));
        await using var node = await ScriptedNode.StartAsync(archive.Map);
        using var client = node.Connect();
        var download = new AssetDownload(client, Quick with { Connections = 1 }, new HastyTime());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download.FetchAsync(
            FakeTask.Id, "all.zip", Target, progress => CancelAfter(progress, 5 * Chunk, stop), stop.Token));
        Assert.False(File.Exists(Target));
        archive.Ranges.Clear();

        await download.FetchAsync(FakeTask.Id, "all.zip", Target, _ => { }, CancellationToken.None);

        AssertWhole(archive);
        Assert.InRange(archive.Ranges.Count, 4, 5);
        Assert.All(archive.Ranges, range => Assert.True(StartOf(range!) >= 5 * Chunk, range));
    }

    [Fact]
    public async Task A_process_that_is_killed_leaves_what_another_can_go_on_with()
    {
        var archive = new FakeArchive { Content = Bytes(10 * Chunk) };
        await using var node = await ScriptedNode.StartAsync(archive.Map);
        using var client = node.Connect();
        using var stop = new CancellationTokenSource();
        var copy = _folder.PathOf("copy", "all.zip");
        Directory.CreateDirectory(_folder.PathOf("copy"));
        var download = new AssetDownload(client, Quick with { Connections = 2 }, new HastyTime());

        // The files as they lie in the middle, before anything can tidy up.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download.FetchAsync(
            FakeTask.Id, "all.zip", Target, progress => CopyAfter(progress, 6 * Chunk, copy, stop), stop.Token));
        archive.Ranges.Clear();
        await download.FetchAsync(FakeTask.Id, "all.zip", copy, _ => { }, CancellationToken.None);

        Assert.Equal(archive.Content, await File.ReadAllBytesAsync(copy));
        Assert.InRange(archive.Ranges.Count, 1, 6);
        Assert.Equal(["all.zip"], FilesBeside(copy));
    }

    [Theory]
    [InlineData(10 * Chunk)]
    [InlineData((10 * Chunk) + 1)]
    [InlineData(Chunk / 2)]
    public async Task A_version_that_replaces_another_in_the_middle_is_fetched_from_its_beginning(int newLength)
    {
        var archive = new FakeArchive { Content = Bytes(10 * Chunk) };
        var old = archive.Content;
        for (var i = 0; i < 6; i++)
        {
            archive.Faults.Add(archive.BreakAfter(Chunk - 1));
        }

        archive.Faults.Add(context =>
        {
            archive.Content = Bytes(newLength, seed: 2);
            archive.ETag = "\"2\"";
            return Faults.Fail(context);
        });
        await FetchAsync(archive);

        Assert.NotEqual(old, archive.Content);
        AssertWhole(archive);
    }

    [Fact]
    public async Task A_file_that_keeps_changing_is_given_up()
    {
        var archive = new FakeArchive { Content = Bytes(4 * Chunk) };
        var version = 1;
        await using var node = await ScriptedNode.StartAsync(archive.Map);
        using var client = node.Connect();
        archive.Faults.Add(
            context =>
            {
                archive.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{Interlocked.Increment(ref version)}\"");
                return archive.ServeAsync(context);
            },
            times: 100);
        var download = new AssetDownload(client, Quick, TimeProvider.System);
        var error = await Assert.ThrowsAsync<NodeException>(
            () => download.FetchAsync(FakeTask.Id, "all.zip", Target, _ => { }, CancellationToken.None));
        Assert.Contains("keeps changing", error.Message, StringComparison.Ordinal);
        Assert.Empty(FilesBeside(Target));
    }

    [Fact]
    public async Task Parts_of_a_version_that_has_only_a_time_are_fetched_too()
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var archive = new FakeArchive { Content = Bytes(3 * Chunk), ETag = null, LastModified = time };
        await FetchAsync(archive);
        AssertWhole(archive);
        Assert.Equal(3, archive.Ranges.Count);
    }

    [Theory]
    [InlineData(false, "\"1\"")]
    [InlineData(true, null)]
    [InlineData(true, "W/\"1\"")]
    public async Task A_node_without_parts_or_names_of_versions_sends_the_whole(bool servesParts, string? tag)
    {
        var archive = new FakeArchive { Content = Bytes(10 * Chunk), ServesParts = servesParts, ETag = tag };
        var progress = await FetchAsync(archive);
        AssertWhole(archive);
        Assert.Equal(servesParts ? ["bytes=0-99999", null] : ["bytes=0-99999"], archive.Ranges);
        Assert.Equal((10 * Chunk, 10 * Chunk), (progress.Bytes, progress.Total));
    }

    [Fact]
    public async Task A_whole_that_breaks_off_is_fetched_again()
    {
        var archive = new FakeArchive { Content = Bytes(5 * Chunk), ServesParts = false };
        archive.Faults.Add(archive.BreakAfter(3 * Chunk));
        archive.Faults.Add(Faults.Fail);
        await FetchAsync(archive);
        AssertWhole(archive);
        Assert.Equal(3, archive.Ranges.Count);
    }

    [Fact]
    public async Task An_empty_file_and_one_of_json_are_files()
    {
        await FetchAsync(new FakeArchive { Content = [] });
        Assert.Empty(await File.ReadAllBytesAsync(Target));
        var cameras = new FakeArchive { Content = "{}"u8.ToArray(), ContentType = "application/json" };
        await FetchAsync(cameras);
        AssertWhole(cameras);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_words_of_the_node_and_leaves_nothing()
    {
        var archive = new FakeArchive();
        archive.Faults.Add(Faults.Json("""{"error":"Asset not ready"}"""), times: 2);
        var error = await Assert.ThrowsAsync<NodeException>(() => FetchAsync(archive));
        Assert.Equal((NodeErrorKind.Refused, "Asset not ready"), (error.Kind, error.Message));
        Assert.Single(archive.Ranges);
        Assert.Empty(FilesBeside(Target));
    }

    [Fact]
    public async Task A_node_that_stays_away_is_waited_for_as_long_as_agreed()
    {
        var archive = new FakeArchive { Content = Bytes(3 * Chunk) };
        archive.Faults.Add(archive.BreakAfter(Chunk - 1));
        archive.Faults.Add(Faults.Break, times: 10_000);
        var error = await Assert.ThrowsAsync<NodeException>(
            () => FetchAsync(archive, Quick with { OutageLimit = TimeSpan.FromMilliseconds(300), Connections = 1 }));
        Assert.Equal(NodeErrorKind.Unreachable, error.Kind);
        Assert.Equal(["all.zip.partial", "all.zip.partial.json"], FilesBeside(Target));
    }

    private static void CancelAfter(TransferProgress progress, long bytes, CancellationTokenSource stop)
    {
        if (progress.Bytes > bytes)
        {
            stop.Cancel();
        }
    }

    private void CopyAfter(TransferProgress progress, long bytes, string copy, CancellationTokenSource stop)
    {
        if (progress.Bytes >= bytes && !stop.IsCancellationRequested)
        {
            // Another program: within this one the file is locked. The record first, so that it promises no more than the copy holds.
            Copy(Target + ".partial.json", copy + ".partial.json");
            Copy(Target + ".partial", copy + ".partial");
            stop.Cancel();
        }
    }

    private static void Copy(string from, string to)
    {
        using var program = Process.Start("cp", [from, to]);
        program.WaitForExit();
    }

    private static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static long StartOf(string range) => long.Parse(range.Split('=', '-')[1], CultureInfo.InvariantCulture);

    private static IEnumerable<string> FilesBeside(string path) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private void AssertWhole(FakeArchive archive)
    {
        Assert.Equal(archive.Content, File.ReadAllBytes(Target));
        Assert.Equal(["all.zip"], FilesBeside(Target));
    }

    private async Task<TransferProgress> FetchAsync(FakeArchive archive, DownloadOptions? options = null)
    {
        await using var node = await ScriptedNode.StartAsync(archive.Map);
        using var client = node.Connect();
        var last = default(TransferProgress);
        await new AssetDownload(client, options ?? Quick, TimeProvider.System)
            .FetchAsync(FakeTask.Id, "all.zip", Target, progress => last = progress, CancellationToken.None);
        return last;
    }
}
