using System.IO.Hashing;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OdmNode.Core.Identity;
using OdmNode.Tasks.Storage;
using OdmNode.Tasks.Uploads;
using OdmNode.Testing.Files;

namespace OdmNode.UnitTests.Tasks;

public sealed class UploadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TaskId _id = TaskId.New();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_there_is_told_with_size_and_hash_also_by_a_new_daemon()
    {
        await SendAsync(Begin(Store()), "b.jpg", "bytes");
        var expected = new UploadedFile("b.jpg", 5, Convert.ToHexStringLower(XxHash128.Hash("bytes"u8)));

        Assert.Equal([expected], Store().Find(_id)!.List(CancellationToken.None));
    }

    [Fact]
    public async Task A_file_of_a_request_that_was_not_answered_is_kept_once_when_it_comes_again()
    {
        var upload = Begin(Store());
        await SendAsync(upload, "a.jpg", "photo");
        var again = await SendAsync(upload, "a.jpg", "photo");

        Assert.Equal("a.jpg", again.Name);
        Assert.Equal(1, upload.FileCount);
    }

    [Fact]
    public async Task Another_content_under_the_same_name_is_another_file()
    {
        var upload = Begin(Store());
        await SendAsync(upload, "a.jpg", "photo");

        Assert.Equal("a_.jpg", (await SendAsync(upload, "a.jpg", "PHOTO")).Name);
        Assert.Equal("a_.jpg", (await SendAsync(upload, "a.jpg", "PHOTO")).Name);
        Assert.Equal(2, upload.FileCount);
    }

    [Fact]
    public async Task What_was_answered_is_another_file_until_the_client_begins_again()
    {
        var store = Store();
        var upload = Begin(store);
        upload.Answered([await SendAsync(upload, "a.jpg", "photo")]);
        Assert.Equal("a_.jpg", (await SendAsync(upload, "a.jpg", "photo")).Name);

        Begin(store);
        Assert.Equal("a.jpg", (await SendAsync(upload, "a.jpg", "photo")).Name);
        Assert.Equal(2, upload.FileCount);
    }

    [Fact]
    public async Task Of_one_request_equal_files_are_both_kept()
    {
        var upload = Begin(Store());
        var first = await SendAsync(upload, "a.jpg", "photo");
        var second = await upload.ReceiveAsync("a.jpg", new MemoryStream("photo"u8.ToArray()), [first], CancellationToken.None);

        Assert.Equal("a_.jpg", second!.Name);
    }

    [Fact]
    public async Task An_upload_left_alone_is_discarded_and_one_in_use_is_not()
    {
        var store = Store();
        var upload = Begin(store);
        await SendAsync(upload, "a.jpg", "photo");
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(store.DiscardUntouchedSince(_time.GetUtcNow() - TimeSpan.FromHours(2)));
        var slow = new HeldStream();
        var receiving = upload.ReceiveAsync("b.jpg", slow, [], CancellationToken.None);
        Assert.Empty(store.DiscardUntouchedSince(_time.GetUtcNow()));
        slow.Release.SetResult();
        await receiving;
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal([_id], store.DiscardUntouchedSince(_time.GetUtcNow() - TimeSpan.FromMinutes(30)));
        Assert.Null(store.Find(_id));
    }

    private static async Task<UploadedFile> SendAsync(Upload upload, string name, string content) =>
        (await upload.ReceiveAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(content)), [], CancellationToken.None))!;

    private UploadStore Store() => new(new TaskFolders(_folder.Root), _time);

    private Upload Begin(UploadStore store) => store.Begin(_id, new UploadFields());

    /// <summary>Gives nothing before it is released, then ends.</summary>
    private sealed class HeldStream : MemoryStream
    {
        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Release.Task;
            return 0;
        }
    }
}
