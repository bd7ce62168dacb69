using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class CleanupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task N171_Tasks_that_ended_long_ago_are_removed_with_their_files()
    {
        string uuid;
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            uuid = await node.CreateAsync();
            await node.WaitForEndAsync(uuid);
        }

        await using (var node = await NodeProcess.StartAsync(_folder.Root, "--cleanup_tasks_after", "10"))
        {
            Assert.Equal(40, (await node.InfoAsync(uuid)).Code());
        }

        await using var later = await NodeProcess.StartAsync(_folder.Root, "--cleanup_tasks_after", "0");
        Assert.Equal($"{uuid} not found", (await later.InfoAsync(uuid)).Error());
        await NodeCalls.UntilAsync(() => !Directory.Exists(later.PathOf(uuid)));
    }

    [Fact]
    public async Task N172_Uploads_left_alone_are_removed_and_others_stay()
    {
        string stale;
        string fresh;
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            stale = await node.InitAsync();
            await node.UploadAsync(stale, NodeCalls.Form("a.jpg"));
            fresh = await node.InitAsync();
            await node.UploadAsync(fresh, NodeCalls.Form("a.jpg"));
        }

        Directory.SetLastWriteTimeUtc(Path.Combine(_folder.Root, "tmp", stale, "files"), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));
        await using var later = await NodeProcess.StartAsync(_folder.Root, "--cleanup_uploads_after", "30");

        Assert.Equal("Invalid uuid (not found)", (await later.GetAsync($"/task/new/upload/{stale}")).Error());
        Assert.Equal(fresh, (await later.CommitAsync(fresh)).Uuid());
    }

    [Fact]
    public async Task N173_Age_counts_from_the_end_and_not_from_a_date_that_a_client_gave()
    {
        string uuid;
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            uuid = await node.CreateWithAsync(("dateCreated", "1500000000000"));
            Assert.Equal(1500000000000, (await node.WaitForEndAsync(uuid)).GetProperty("dateCreated").GetInt64());
        }

        await using var later = await NodeProcess.StartAsync(_folder.Root, "--cleanup_tasks_after", "60");
        Assert.Equal(40, (await later.InfoAsync(uuid)).Code());
        var expires = (await later.GetAsync($"/task/{uuid}/progress")).GetProperty("expires").GetInt64();
        Assert.InRange(expires - TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), 55 * 60_000, 60 * 60_000);
    }
}
