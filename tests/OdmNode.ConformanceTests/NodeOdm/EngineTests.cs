using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class EngineTests : IDisposable
{
    private static readonly string Odm = Path.Combine(AppContext.BaseDirectory, "Fixtures", "odm");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task N181_N182_The_options_of_an_engine_are_those_that_it_declares()
    {
        await using var node = await NodeProcess.StartAsync(_folder.Root, "--engine-command", Path.Combine(Odm, "run.sh"));
        var options = await node.GetAsync("/options");

        Assert.Equal(
            [
                """{"name":"end-with","type":"enum","value":"odm_postprocess","domain":["dataset","odm_postprocess"],"help":"Default: %(default)s"}""",
                """{"name":"rerun-from","type":"enum","value":"","domain":["","dataset","odm_postprocess"],"help":"Can be one of: %(choices)s."}""",
                """{"name":"min-num-features","type":"int","value":"10000","domain":"integer","help":"Features."}""",
                """{"name":"crop","type":"float","value":"3","domain":"positive float","help":"100 %% or less."}""",
                """{"name":"fast-orthophoto","type":"bool","value":"false","domain":"","help":"Fast."}""",
                """{"name":"sm-cluster","type":"string","value":"None","domain":"string","help":"Cluster."}""",
                """{"name":"primary-band","type":"string","value":"auto","domain":"string","help":"Band."}""",
                """{"name":"limit","type":"int","value":"0","domain":"positive integer","help":"Without default."}""",
            ],
            options.EnumerateArray().Select(option => option.GetRawText()));
        var info = await node.GetAsync("/info");
        Assert.Equal(("3.6.0", "odm"), (info.GetProperty("engineVersion").GetString(), info.GetProperty("engine").GetString()));
        var uuid = await node.CreateWithAsync(("options", """[{"name":"fast-orthophoto","value":true},{"name":"crop","value":"2.5"}]"""));
        await node.WaitForEndAsync(uuid);
        Assert.Equal(
            ["<--crop>", "<2.5>", "<--fast-orthophoto>", "<--project-path>", $"<{_folder.Root}>", $"<{uuid}>"],
            (await node.OutputAsync(uuid)).TakeWhile(line => line.StartsWith("argument ", StringComparison.Ordinal)).Select(line => line["argument ".Length..]));
    }

    [Fact]
    public async Task An_engine_folder_is_as_good_as_its_command()
    {
        await using var node = await NodeProcess.StartAsync(_folder.Root, "--engine-command", Path.Combine(Odm, "run.sh"), "--odm_path", "/nowhere");

        Assert.Equal(8, (await node.GetAsync("/options")).GetArrayLength());
    }

    [Fact]
    public async Task An_engine_whose_options_cannot_be_read_ends_the_start_with_the_reason()
    {
        var broken = _folder.PathOf("broken");
        Directory.CreateDirectory(Path.Combine(broken, "opendm"));
        await File.WriteAllTextAsync(Path.Combine(broken, "run.sh"), "exit 0\n");
        await File.WriteAllTextAsync(Path.Combine(broken, "opendm", "config.py"), "import a_module_that_is_not_there\n");
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => NodeProcess.StartAsync(_folder.PathOf("data"), "--engine-command", Path.Combine(broken, "run.sh")));

        Assert.Contains("a_module_that_is_not_there", failure.Message, StringComparison.Ordinal);
        Assert.Contains("ERROR: The option list of the engine", failure.Message, StringComparison.Ordinal);
    }
}
