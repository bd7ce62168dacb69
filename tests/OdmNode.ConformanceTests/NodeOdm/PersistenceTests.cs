using System.Diagnostics;
using System.Text.Json.Nodes;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>What outlives a daemon, and how quickly it goes.</summary>
[Collection(AloneCollection.Name)]
public sealed class PersistenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task N165_N166_N167_Ended_tasks_are_the_same_after_a_stop_and_after_a_kill(bool isKilled)
    {
        var before = new Dictionary<string, string>();
        await using (var node = await NodeProcess.StartAsync(_folder.Root, "-q", "2"))
        {
            foreach (var mode in (string[])["lines30,report50", "lines3,exit1", "hold"])
            {
                var uuid = await node.CreateWithAsync(("name", $"Überflug {mode}"), ("options", NodeCalls.Mode(mode)));
                if (mode == "hold")
                {
                    await node.ProcessAsync(uuid);
                    await node.SucceedAsync("cancel", uuid);
                    await node.WaitForEndAsync(await node.CreateAsync());
                }

                await node.WaitForEndAsync(uuid);
                before[uuid] = (await node.InfoAsync(uuid, "?with_output=0")).GetRawText();
            }

            await EndAsync(node, isKilled);
        }

        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            foreach (var (uuid, info) in before)
            {
                Assert.Equal(info, (await node.InfoAsync(uuid, "?with_output=0")).GetRawText());
            }

            using var archive = await node.Http.GetAsync($"/task/{before.Keys.First()}/download/all.zip");
            Assert.Equal("application/zip", archive.Content.Headers.ContentType!.MediaType);
            Assert.Equal(before.Keys, (await node.GetAsync("/task/list")).EnumerateArray().Select(task => task.Uuid()).Intersect(before.Keys));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task N168_N169_Running_and_queued_tasks_go_on_and_no_engine_is_left_over(bool isKilled)
    {
        string running, waiting;
        int engine;
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            running = await node.CreateAsync("once");
            engine = await node.ProcessAsync(running);
            await node.WaitAsync(running, info => info.Progress() > 0);
            waiting = await node.CreateAsync();
            await node.WaitAsync(waiting, info => info.Code() == 10);
            await EndAsync(node, isKilled);
        }

        Assert.True(isKilled || !Directory.Exists($"/proc/{engine}"), "The engine has outlived a daemon that was asked to stop.");
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            Assert.False(IsAlive(engine), "Two engines work on one folder.");
            Assert.Equal(40, (await node.WaitForEndAsync(running)).Code());
            Assert.Equal(40, (await node.WaitForEndAsync(waiting)).Code());
            Assert.Equal(["run", "run"], await File.ReadAllLinesAsync(node.PathOf(running, "runs.txt")));
            Assert.Contains(await node.OutputAsync(running), line => line.StartsWith("The node was stopped meanwhile", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task N164_A_daemon_asked_to_stop_exits_within_a_second_with_status_0()
    {
        await using var node = await NodeProcess.StartAsync(_folder.Root);
        await node.ProcessAsync(await node.CreateAsync("deaf"));
        using var connection = await RawConnection.OpenAsync(node);
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, await node.TerminateAsync());

        // A tenth of a second on top is for starting 'kill' and noticing the end.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1.1), $"The end took {watch.Elapsed}.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task N170_Uploads_go_on_after_a_restart(bool isKilled)
    {
        string uuid;
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            uuid = await node.InitAsync(("name", "kept"), ("options", """[{"name":"dsm","value":true}]"""));
            await node.UploadAsync(uuid, NodeCalls.Form("a.jpg"));
            await EndAsync(node, isKilled);
        }

        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            Assert.Equal("""{"success":true}""", (await node.UploadAsync(uuid, NodeCalls.Form("b.jpg"))).GetRawText());
            Assert.Equal(uuid, (await node.CommitAsync(uuid)).Uuid());
            var info = await node.WaitForEndAsync(uuid);
            Assert.Equal(40, info.Code());
            Assert.Equal("kept", info.GetProperty("name").GetString());
            Assert.Equal(["dsm=true", "pc-ept=true", "cog=true", "gltf=true"], info.Options());
            Assert.Equal(["a.jpg", "b.jpg"], node.Images(uuid));
        }
    }

    [Fact]
    public async Task N68_Options_that_are_invalid_at_commit_do_not_destroy_the_files()
    {
        string uuid;
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            uuid = await node.InitAsync(("name", "kept"));
            await node.UploadAsync(uuid, NodeCalls.Form("a.jpg"));
        }

        // As after a change of the engine: what init has accepted is no longer valid.
        var stored = Directory.GetFiles(_folder.Root, "body.json", SearchOption.AllDirectories).Single();
        var fields = JsonNode.Parse(await File.ReadAllTextAsync(stored))!.AsObject();
        fields[fields.Single(field => field.Key.Equals("options", StringComparison.OrdinalIgnoreCase)).Key] = """[{"name":"dsm","value":"yes"}]""";
        await File.WriteAllTextAsync(stored, fields.ToJsonString());
        await using (var node = await NodeProcess.StartAsync(_folder.Root))
        {
            Assert.Equal("""[{"name":"dsm","error":"Cannot convert yes to boolean"}]""", (await node.CommitAsync(uuid)).Error());
            Assert.Equal(uuid, (await node.PostAsync("/task/new/init", setUuid: uuid)).Uuid());
            Assert.Equal(uuid, (await node.CommitAsync(uuid)).Uuid());
            Assert.Equal(40, (await node.WaitForEndAsync(uuid)).Code());
            Assert.Equal(["a.jpg"], node.Images(uuid));
        }
    }

    private static async Task EndAsync(NodeProcess node, bool isKilled)
    {
        if (isKilled)
        {
            await node.KillAsync();
        }
        else
        {
            Assert.Equal(0, await node.TerminateAsync());
        }
    }

    /// <summary>False for a process that has ended and only waits to be fetched by its parent.</summary>
    private static bool IsAlive(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
