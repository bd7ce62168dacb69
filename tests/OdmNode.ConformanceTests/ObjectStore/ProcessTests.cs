using OdmNode.ConformanceTests.Nodes;
using OdmNode.Tasks.ObjectStore;

namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>What an upload costs the process, and what it takes from its environment.</summary>
[Collection(AloneCollection.Name)]
public sealed class ProcessTests(S3Server server) : IClassFixture<S3Server>
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public async Task Memory_does_not_grow_with_the_file()
    {
        const long length = 300 * Mebibyte;
        using var task = new UploadedTask(0);
        task.MakeArchiveSparse(length);
        using var store = new S3ResultStore(server.Settings, TimeProvider.System);
        await store.CheckAsync(CancellationToken.None);

        // Everything that is ever allocated, so the peak cannot be higher.
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await task.UploadAsync(store);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(length, server.Length($"{task.Id}/all.zip"));
        Assert.InRange(allocated, 0, 8 * Mebibyte);
    }

    [Fact]
    public async Task Keys_that_are_not_set_come_from_the_environment()
    {
        var settings = server.Settings;
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", settings.AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", settings.SecretKey);
        try
        {
            using var store = new S3ResultStore(settings with { AccessKey = null, SecretKey = null }, TimeProvider.System);
            await store.CheckAsync(CancellationToken.None);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", null);
            Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", null);
        }

        Assert.Equal(["test.txt"], server.Objects("test"));
    }
}
