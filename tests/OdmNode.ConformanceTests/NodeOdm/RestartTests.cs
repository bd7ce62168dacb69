using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class RestartTests(OneSlotNode shared) : IClassFixture<OneSlotNode>
{
    private const string Refusal = """{"success":false,"error":"Task cannot be restarted"}""";

    private readonly NodeProcess _node = shared.Node;

    [Theory]
    [InlineData("exit1", 30)]
    [InlineData("", 40)]
    [InlineData("hold", 50)]
    public async Task N139_Ended_tasks_are_restarted(string mode, int code)
    {
        var uuid = await _node.CreateAsync(mode);
        if (code == 50)
        {
            await _node.SucceedAsync("cancel", uuid);
        }

        await _node.WaitAsync(uuid, info => info.Code() == code);
        await _node.SucceedAsync("restart", uuid, "[]");
        Assert.Equal(40, (await _node.WaitForEndAsync(uuid)).Code());
    }

    [Fact]
    public async Task N140_Running_and_queued_tasks_are_not_restarted()
    {
        var running = await _node.CreateAsync("hold");
        var queued = await _node.CreateAsync();
        await _node.WaitAsync(queued, info => info.Code() == 10);

        Assert.Equal(Refusal, (await _node.ActAsync("restart", running)).GetRawText());
        Assert.Equal(Refusal, (await _node.ActAsync("restart", queued, "[]")).GetRawText());
        await _node.ReleaseAsync(running);
        Assert.Equal(40, (await _node.WaitForEndAsync(queued)).Code());
    }

    [Fact]
    public async Task N141_A_cancel_followed_at_once_by_a_restart_runs_cleanly()
    {
        var uuid = await _node.CreateAsync("once,deaf");
        await _node.ProcessAsync(uuid);
        await _node.SucceedAsync("cancel", uuid);
        await _node.SucceedAsync("restart", uuid, "[]");

        Assert.Equal("""{"code":40}""", (await _node.WaitForEndAsync(uuid)).GetProperty("status").GetRawText());
        Assert.Equal(["argument <--project-path>", $"argument <{_node.Data}>", $"argument <{uuid}>"], (await _node.OutputAsync(uuid))[..3]);
        Assert.Equal(2, (await File.ReadAllLinesAsync(_node.PathOf(uuid, "runs.txt"))).Length);
    }

    [Fact]
    public async Task N142_A_restart_resets_date_times_progress_output_and_message()
    {
        var uuid = await _node.CreateAsync("lines50,exit1");
        var failed = await _node.WaitForEndAsync(uuid);
        Assert.Equal("Cannot process dataset", failed.ErrorMessage());
        var holder = await _node.CreateAsync("hold");
        await _node.ProcessAsync(holder);
        await _node.SucceedAsync("restart", uuid, "[]");

        // The slot is taken, so this is what the restart alone has made of it.
        var waiting = await _node.InfoAsync(uuid, "?with_output=0");
        Assert.Equal("""{"code":10}""", waiting.GetProperty("status").GetRawText());
        Assert.True(waiting.GetProperty("dateCreated").GetInt64() > failed.GetProperty("dateCreated").GetInt64());
        Assert.Equal(-1, waiting.GetProperty("processingTime").GetInt64());
        Assert.Equal(0, waiting.Progress());
        Assert.Equal(0, waiting.GetProperty("output").GetArrayLength());
        Assert.Equal(failed.GetProperty("name").GetString(), waiting.GetProperty("name").GetString());
        await _node.ReleaseAsync(holder);
        Assert.Equal(40, (await _node.WaitForEndAsync(uuid)).Code());
        Assert.DoesNotContain("50", await _node.OutputAsync(uuid));
    }

    [Fact]
    public async Task N143_A_restart_keeps_replaces_or_clears_the_options()
    {
        var uuid = await _node.CreateWithAsync(("options", """[{"name":"dsm","value":true},{"name":"crop","value":1}]"""));
        await _node.WaitForEndAsync(uuid);
        string[] automatic = ["pc-ept=true", "cog=true", "gltf=true"];
        foreach (var (given, expected) in new (string?, string[])[]
        {
            (null, ["crop=1", "dsm=true", .. automatic]), ("", ["crop=1", "dsm=true", .. automatic]),
            ("""[{"name":"dtm","value":"1"}]""", ["dtm=true", .. automatic]), ("[]", automatic),
            ("""[{"name":"cog","value":false}]""", ["cog=false", "pc-ept=true", "gltf=true"]),
        })
        {
            await _node.SucceedAsync("restart", uuid, given);
            Assert.Equal(expected, (await _node.WaitForEndAsync(uuid)).Options());
        }
    }

    [Fact]
    public async Task N144_A_restart_with_invalid_options_leaves_the_task_untouched()
    {
        var uuid = await _node.CreateAsync("exit1");
        await _node.WaitForEndAsync(uuid);
        var before = (await _node.InfoAsync(uuid, "?with_output=0")).GetRawText();

        Assert.Equal(
            """{"error":"[{\"name\":\"dsm\",\"error\":\"Cannot convert maybe to boolean\"}]"}""",
            (await _node.ActAsync("restart", uuid, """[{"name":"dsm","value":"maybe"}]""")).GetRawText());
        Assert.Equal(before, (await _node.InfoAsync(uuid, "?with_output=0")).GetRawText());
    }

    [Fact]
    public async Task N145_A_restart_keeps_every_file_so_that_the_engine_can_go_on()
    {
        var uuid = await _node.CreateAsync("write:opensfm/matches.bin", "a.jpg", "gcp_list.txt");
        await _node.WaitForEndAsync(uuid);
        var archive = await _node.Http.GetByteArrayAsync($"/task/{uuid}/download/all.zip");
        await _node.SucceedAsync("restart", uuid, """[{"name":"rerun-from","value":"odm_dem"},{"name":"primary-band","value":"hold"}]""");
        await _node.WaitAsync(uuid, info => info.Progress() == 9);

        Assert.Equal(archive, await _node.Http.GetByteArrayAsync($"/task/{uuid}/download/all.zip"));
        Assert.True(File.Exists(_node.PathOf(uuid, "opensfm", "matches.bin")));
        Assert.Equal(["a.jpg"], _node.Images(uuid));
        Assert.Equal(["argument <--rerun-from>", "argument <odm_dem>"], (await _node.OutputAsync(uuid))[..2]);
        Assert.Contains($"argument <{_node.PathOf(uuid, "gcp", "gcp_list.txt")}>", await _node.OutputAsync(uuid));
        await _node.ReleaseAsync(uuid);
        Assert.Equal(40, (await _node.WaitForEndAsync(uuid)).Code());
    }

    [Fact]
    public async Task N146_A_restarted_task_keeps_its_place_in_the_queue()
    {
        var holder = await _node.CreateAsync("hold");
        var first = await _node.CreateAsync("hold");
        var second = await _node.CreateAsync("hold");
        await _node.WaitAsync(second, info => info.Code() == 10);
        await _node.SucceedAsync("cancel", first);
        await _node.SucceedAsync("restart", first);
        await _node.ReleaseAsync(holder);
        await _node.WaitForEndAsync(holder);

        Assert.Equal(20, (await _node.WaitAsync(first, info => info.Code() != 10)).Code());
        Assert.Equal(10, (await _node.InfoAsync(second)).Code());
        await _node.ReleaseAsync(first);
        await _node.WaitAsync(second, info => info.Code() == 20);
        await _node.ReleaseAsync(second);
        Assert.Equal(40, (await _node.WaitForEndAsync(second)).Code());
    }
}
