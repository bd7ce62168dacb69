using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.Clients;

/// <summary>What PyODM, and with it WebODM, does with a node.</summary>
public sealed class PyOdmTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly (string Name, byte[] Content)[] Photos =
    [
        .. Enumerable.Range(1, 25).Select(number => ($"DJI_{number:0000}.JPG", Encoding.UTF8.GetBytes($"photo {number}"))),
    ];

    private readonly PyOdmClient _client = new(shared.Node);

    [Fact]
    public async Task N187_A_task_lives_from_creation_to_removal()
    {
        var uuid = await _client.CreateTaskAsync(
            Photos, [("name", "caf\u00e9"), ("options", """[{"name": "dsm", "value": true}, {"name": "orthophoto-resolution", "value": 4}, {"name": "mesh-size", "value": "300000"}]""")]);
        var first = await _client.TaskInfoAsync(uuid);
        Assert.Equal(20, first.Code());
        Assert.Null(first.ErrorMessage());
        Assert.Equal(25, first.GetProperty("imagesCount").GetInt32());
        var done = await _client.WaitForCompletionAsync(uuid);
        Assert.Equal("café", done.GetProperty("name").GetString());
        Assert.Equal(["mesh-size=300000", "dsm=true", "orthophoto-resolution=4", "pc-ept=true", "cog=true", "gltf=true"], done.Options());
        Assert.Equal(Photos.Select(photo => photo.Name), shared.Node.Images(uuid));
        var lines = (await _client.GetAsync($"/task/{uuid}/output?line=0")).GetArrayLength();
        Assert.Equal(2, (await _client.GetAsync($"/task/{uuid}/output?line={lines - 2}")).GetArrayLength());
        Assert.Equal(lines, (await _client.TaskInfoAsync(uuid, "?with_output=0")).GetProperty("output").GetArrayLength());

        var (bytes, isParallel) = await _client.DownloadZipAsync(uuid);
        Assert.False(isParallel);
        using (var archive = new ZipArchive(new MemoryStream(bytes)))
        {
            Assert.True(archive.Entries.Select(entry => entry.FullName.Split('/')[0]).Distinct().Count() >= 2);
        }

        Assert.True(await _client.ActAsync("restart", uuid, """[{"name": "dtm", "value": true}, {"name": "rerun-from", "value": "odm_dem"}]"""));
        Assert.Equal(["rerun-from=\"odm_dem\"", "dtm=true", "pc-ept=true", "cog=true", "gltf=true"], (await _client.WaitForCompletionAsync(uuid)).Options());
        Assert.True(await _client.ActAsync("cancel", uuid));
        Assert.Equal(50, (await _client.TaskInfoAsync(uuid)).Code());
        Assert.True(await _client.ActAsync("remove", uuid));
        await Assert.ThrowsAsync<NodeRefusalException>(() => _client.TaskInfoAsync(uuid));
        await Assert.ThrowsAsync<NodeRefusalException>(() => _client.ActAsync("remove", uuid));
    }

    [Fact]
    public async Task N187_Fields_of_a_splitting_client_are_understood()
    {
        const string uuid = "55555555-35b0-4621-8834-517f69782004";
        Assert.Equal(uuid, await _client.CreateTaskAsync(
            Photos[..2],
            [("name", ""), ("options", "[]"), ("skipPostProcessing", "true"), ("webhook", "http://127.0.0.1:9/hook"), ("outputs", """["odm_report", "opensfm/matches"]""")],
            uuid));
        var info = await _client.WaitForCompletionAsync(uuid);

        Assert.StartsWith("Task of ", info.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Empty(info.Options());
        using var archive = new ZipArchive(new MemoryStream((await _client.DownloadZipAsync(uuid)).Bytes));
        Assert.Equal(["odm_report/stats.json", "task_output.txt"], archive.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task N187_Refusals_are_raised_as_such()
    {
        foreach (var action in (string[])["cancel", "remove", "restart"])
        {
            await Assert.ThrowsAsync<NodeRefusalException>(() => _client.ActAsync(action, "wrong-uuid"));
        }

        await Assert.ThrowsAsync<NodeRefusalException>(() => _client.GetAsync("/task/wrong-uuid/info"));
        await Assert.ThrowsAsync<NodeRefusalException>(() => _client.GetAsync("/task/wrong-uuid/output?line=0"));
        var uuid = await _client.CreateTaskAsync(Photos[..1], [("name", ""), ("options", """[{"name": "primary-band", "value": "exit1"}]""")]);
        var failure = await Assert.ThrowsAsync<NodeRefusalException>(() => _client.WaitForCompletionAsync(uuid));
        Assert.Equal("Task failed: Cannot process dataset", failure.Message);
        var refusal = await Assert.ThrowsAsync<NodeRefusalException>(
            () => _client.CreateTaskAsync(Photos[..1], [("name", ""), ("options", """[{"name": "mesh-size", "value": "abc"}]""")]));
        Assert.Equal("""[{"name":"mesh-size","error":"Invalid value NaN (out of range)"}]""", refusal.Message);
    }

    [Fact]
    public async Task N188_A_large_archive_is_downloaded_by_sixteen_threads_beside_an_unread_answer()
    {
        var uuid = await _client.CreateTaskAsync(Photos[..1], [("name", "large"), ("options", """[{"name": "primary-band", "value": "fill170000000"}]""")]);
        await _client.WaitForCompletionAsync(uuid);
        var (bytes, isParallel) = await _client.DownloadZipAsync(uuid);
        await using var stored = File.OpenRead(shared.Node.PathOf(uuid, "all.zip"));

        Assert.True(isParallel);
        Assert.Equal(await SHA256.HashDataAsync(stored), SHA256.HashData(bytes));
        Assert.Equal("2.2.4", (await _client.InfoAsync()).GetProperty("version").GetString());
        Assert.True(await _client.ActAsync("remove", uuid));
    }
}
