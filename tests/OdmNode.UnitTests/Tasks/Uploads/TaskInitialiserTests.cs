using OdmNode.Core.Identity;
using OdmNode.Tasks.Storage;
using OdmNode.Tasks.Uploads;
using OdmNode.Testing.Files;
using OdmNode.UnitTests.Core.Archives;
using OdmNode.UnitTests.Tasks.Serving;

namespace OdmNode.UnitTests.Tasks.Uploads;

public sealed class TaskInitialiserTests : IDisposable
{
    private static readonly byte[] Photos = ArchiveFixture.Named("survey/a.jpg", "survey/b.jpg", "survey/geo.txt", "align.laz");

    private readonly TemporaryFolder _folder = new();
    private readonly TaskFolders _folders;
    private readonly UploadStore _uploads;
    private readonly TaskInitialiser _initialiser;
    private readonly TaskId _id = TaskId.New();

    public TaskInitialiserTests()
    {
        _folders = new TaskFolders(_folder.Root);
        _uploads = new UploadStore(_folders, TimeProvider.System);
        _initialiser = new TaskInitialiser(_folders, _uploads, new IntakeLimits { DiskReserveBytes = 0, Pause = TimeSpan.Zero });
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_address_alone_makes_a_task_and_its_text_files_are_sorted_like_uploaded_ones()
    {
        await using var server = await ServeAsync(Photos);
        await UploadAsync();

        Assert.Equal(2, await InitialiseAsync(server.At("/photos.zip")));
        Assert.Equal(["gcp/align.laz", "gcp/geo.txt", "images/a.jpg", "images/b.jpg"], Files());
        Assert.False(Directory.Exists(Path.Combine(_folders.Uploads, _id.Value)));
    }

    [Fact]
    public async Task Files_and_an_address_are_both_used_and_the_archive_wins()
    {
        await using var server = await ServeAsync(Photos);
        await UploadAsync("a.jpg", "c.jpg");

        Assert.Equal(3, await InitialiseAsync(server.At("/photos.zip")));
        Assert.Equal(["gcp/align.laz", "gcp/geo.txt", "images/a.jpg", "images/b.jpg", "images/c.jpg"], Files());
        Assert.Equal("survey/a.jpg", await File.ReadAllTextAsync(Path.Combine(_folders.Images(_id), "a.jpg")));
    }

    [Fact]
    public async Task Files_without_an_address_are_taken_over_as_they_are()
    {
        await UploadAsync("a.jpg", "gcp_list.txt", "other.zip");

        Assert.Equal(1, await InitialiseAsync(null));
        Assert.Equal(["gcp/gcp_list.txt", "images/a.jpg"], Files());
    }

    [Theory]
    [InlineData("notaurl", "Invalid URI \"notaurl\"")]
    [InlineData("http://127.0.0.1:1/a.zip", "connect ECONNREFUSED 127.0.0.1:1")]
    public async Task An_address_that_cannot_be_fetched_fails_before_any_file_is_moved(string url, string reason)
    {
        await UploadAsync("a.jpg");

        Assert.Equal(reason, (await Assert.ThrowsAsync<DownloadException>(() => InitialiseAsync(url))).Message);
        Assert.Empty(Files());
        Assert.Equal("a.jpg", Path.GetFileName(Assert.Single(Directory.GetFiles(_uploads.FilesOf(_id)))));
    }

    [Fact]
    public async Task An_archive_that_is_damaged_or_cut_off_fails_in_the_words_of_the_protocol()
    {
        await using var server = await ServeAsync(Photos[..^30]);
        await UploadAsync();

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => InitialiseAsync(server.At("/photos.zip")));
        Assert.StartsWith("Could not extract .zip file, zipurl.zip: ", failure.Message, StringComparison.Ordinal);

        _initialiser.Discard(_id);
        Assert.False(Directory.Exists(_folders.Task(_id)));
        Assert.False(Directory.Exists(Path.Combine(_folders.Uploads, _id.Value)));
    }

    [Fact]
    public async Task The_unpacked_files_and_the_fetched_archive_count_and_a_seed_does_not()
    {
        await using var server = await ServeAsync(Photos);
        await UploadAsync("c.jpg");
        await File.WriteAllBytesAsync(Path.Combine(_uploads.FilesOf(_id), "seed.zip"), ArchiveFixture.Named("opensfm/x.txt"));

        for (var time = 0; time < 2; time++)
        {
            var failure = await Assert.ThrowsAsync<InvalidDataException>(() => InitialiseAsync(server.At("/photos.zip"), 5));
            Assert.Equal("6 images uploaded, but this node can only process up to 5.", failure.Message);
        }

        Assert.Equal(3, await InitialiseAsync(server.At("/photos.zip"), 6));
        Assert.Contains("opensfm/x.txt", Files());
    }

    /// <summary>Each number is a moment at which the node may have been killed; what it left is built by hand.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Work_that_a_kill_cut_off_is_taken_up_again_and_ends_in_the_same(int moment)
    {
        await using var server = await ServeAsync(Photos);
        await UploadAsync("a.jpg", "c.jpg", "GCP.txt");
        var images = _folders.Images(_id);
        var fetched = _uploads.FetchedArchiveOf(_id);
        Action[] steps =
        [
            () => File.WriteAllBytes(fetched + ".partial", Photos[..20]),
            () => File.WriteAllBytes(fetched, Photos),
            () => MoveInto(images, _uploads.FilesOf(_id)),
            () => File.Move(fetched, Path.Combine(images, "zipurl.zip")),
            () => File.WriteAllText(Path.Combine(images, "a.jpg"), "half"),
            () => MoveInto(Path.Combine(_folders.SideFiles(_id), "GCP.txt"), Path.Combine(images, "GCP.txt")),
        ];
        foreach (var step in steps[..(moment + 1)])
        {
            step();
        }

        Assert.Equal(3, await InitialiseAsync(server.At("/photos.zip")));
        Assert.Equal(3, await InitialiseAsync(server.At("/photos.zip")));
        Assert.Equal(["gcp/GCP.txt", "gcp/align.laz", "gcp/geo.txt", "images/a.jpg", "images/b.jpg", "images/c.jpg"], Files());
        Assert.Equal("survey/a.jpg", await File.ReadAllTextAsync(Path.Combine(images, "a.jpg")));
        Assert.Equal(moment == 0 ? 1 : 0, server.Requests);
        Assert.False(Directory.Exists(Path.Combine(_folders.Uploads, _id.Value)));
    }

    [Fact]
    public async Task Cancelled_work_can_be_taken_up_again()
    {
        await using var server = await ServeAsync(Photos);
        await UploadAsync("c.jpg");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _initialiser.InitialiseAsync(_id, server.At("/photos.zip"), null, cancelled.Token));

        Assert.Equal(3, await InitialiseAsync(server.At("/photos.zip")));
    }

    private static void MoveInto(string to, string from)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Directory.Move(from, to);
    }

    private static Task<LoopbackServer> ServeAsync(byte[] zip) =>
        LoopbackServer.StartAsync(context => context.Response.Body.WriteAsync(zip).AsTask());

    private Task<int> InitialiseAsync(string? zipUrl, int? maxImages = null) =>
        _initialiser.InitialiseAsync(_id, zipUrl, maxImages, CancellationToken.None);

    private async Task UploadAsync(params string[] names)
    {
        var upload = _uploads.Begin(_id, new UploadFields());
        foreach (var name in names)
        {
            using var content = new MemoryStream("uploaded"u8.ToArray());
            await upload.ReceiveAsync(name, content, [], CancellationToken.None);
        }

        _uploads.Take(_id);
    }

    private IEnumerable<string> Files()
    {
        var folder = _folders.Task(_id);
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];
        return files.Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal);
    }
}
