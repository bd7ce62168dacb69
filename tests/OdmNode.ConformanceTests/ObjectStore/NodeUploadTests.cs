using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>N-180: a started node and its store.</summary>
public sealed class NodeUploadTests(S3Server server) : IClassFixture<S3Server>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task N180_A_task_is_completed_when_its_results_are_in_the_store()
    {
        await using var node = await StartAsync(server.Url.OriginalString, "--s3_upload_everything");
        Assert.Contains("test.txt", server.Objects("test"));

        var task = await node.CreateAsync();
        Assert.Equal(40, (await node.WaitForEndAsync(task)).Code());

        Assert.Equal(await File.ReadAllBytesAsync(node.PathOf(task, "all.zip")), server.Content($"{task}/all.zip"));
        Assert.Equal(
            ["all.zip", "cameras.json", "odm_orthophoto/odm_orthophoto.tif", "odm_report/stats.json", "task_output.txt"],
            server.Objects($"{task}/").Select(key => key[(task.Length + 1)..]));
        var lines = await node.OutputAsync(task);
        Assert.Contains("Uploading 5 files to S3...", lines);
        Assert.Contains("Uploading all.zip... 100%", lines);
        Assert.Contains("Finalizing all.zip upload, this could take a bit...", lines);
        Assert.Equal("Done uploading to S3!", lines[^1]);
    }

    [Fact]
    public async Task N180_A_node_whose_store_refuses_does_not_start()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(server.Url.OriginalString, "--s3_bucket", "nowhere"));

        Assert.Contains($"Results cannot be uploaded to S3: There is no bucket nowhere at {server.Url.OriginalString}.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_waits_for_its_store_can_be_cancelled()
    {
        await using var front = await StoreFront.StartAsync(
            server, request => request.Target.EndsWith("test.txt", StringComparison.Ordinal) ? Treatment.Pass : Treatment.Refuse);
        await using var node = await StartAsync(front.Url);
        var task = await node.CreateAsync();
        await node.LineAsync(task, "[WARNING] Cannot upload all.zip to S3: ");
        Assert.Equal(20, (await node.InfoAsync(task)).Code());

        await node.SucceedAsync("cancel", task);

        Assert.Equal(50, (await node.WaitForEndAsync(task)).Code());
        Assert.Empty(server.Objects($"{task}/"));
    }

    private Task<NodeProcess> StartAsync(string endpoint, params string[] arguments)
    {
        string[] bucket = arguments.Contains("--s3_bucket") ? [] : ["--s3_bucket", S3Server.Bucket];
        return NodeProcess.StartAsync(
            _folder.Root,
            [
                "--s3_endpoint", endpoint, .. bucket, "--s3_access_key", server.Settings.AccessKey!, "--s3_secret_key", server.Settings.SecretKey!,
                "--s3_force_path_style", .. arguments,
            ]);
    }
}
