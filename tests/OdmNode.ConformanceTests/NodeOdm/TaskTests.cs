using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class TaskTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N109_N112_N117_N118_N121_The_information_has_all_keys_from_start_to_end()
    {
        var uuid = await _node.CreateAsync("progress,sleep1.2", "a.jpg", "b.jpg", "gcp.txt");
        var first = await _node.InfoAsync(uuid);
        string[] keys = ["uuid", "name", "dateCreated", "processingTime", "status", "options", "imagesCount", "progress"];
        Assert.Equal(keys, first.EnumerateObject().Select(property => property.Name));
        Assert.Equal(-1, first.GetProperty("processingTime").GetInt64());
        var middle = await _node.WaitAsync(uuid, info => info.GetProperty("processingTime").GetInt64() > 0);
        Assert.Equal(45, middle.GetProperty("progress").GetDouble());
        var last = await _node.WaitForEndAsync(uuid);

        Assert.Equal(40, last.Code());
        Assert.Equal(2, last.GetProperty("imagesCount").GetInt32());
        Assert.Equal(100, last.GetProperty("progress").GetDouble());
        Assert.InRange(last.GetProperty("processingTime").GetInt64(), 1200, 60000);
        Assert.Equal(JsonValueKind.Array, (await _node.InfoAsync(uuid, "?with_output")).GetProperty("output").ValueKind);
    }

    [Fact]
    public async Task N110_N111_Ids_are_case_sensitive()
    {
        var uuid = (await _node.PostAsync("/task/new", NodeCalls.Form("a.jpg"), "abcdefab-35b0-4621-8834-517f69782004")).GetProperty("uuid").GetString()!;
        var upper = uuid.ToUpperInvariant();

        Assert.Equal($"{upper} not found", (await _node.InfoAsync(upper)).Error());
        Assert.Contains(uuid, (await _node.GetAsync("/task/list")).EnumerateArray().Select(task => task.GetProperty("uuid").GetString()));
    }

    [Fact]
    public async Task N113_N114_N126_Lines_are_skipped_and_taken_from_the_end()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        var all = await _node.OutputAsync(uuid);

        Assert.Equal(all, await _node.OutputAsync(uuid, "?line=0"));
        Assert.Equal(all[2..], await _node.OutputAsync(uuid, "?line=2.9"));
        Assert.Equal(all[^2..], await _node.OutputAsync(uuid, "?line=-2"));
        Assert.Equal(all, await _node.OutputAsync(uuid, "?line=-999999"));
        Assert.Equal(all, await _node.OutputAsync(uuid, "?line=x"));
        Assert.Equal(all, await _node.OutputAsync(uuid, "?line=1&line=2"));
        Assert.Empty(await _node.OutputAsync(uuid, "?line=99999"));
        Assert.Equal(all[1..], (await _node.InfoAsync(uuid, "?with_output=1")).GetProperty("output").EnumerateArray().Select(line => line.GetString()));
    }

    [Fact]
    public async Task N122_to_N125_Lines_are_whole_and_clean()
    {
        var uuid = await _node.CreateAsync("error,colour,torn");
        await _node.WaitForEndAsync(uuid);
        var lines = await _node.OutputAsync(uuid);

        Assert.DoesNotContain("error", lines);
        Assert.Contains("error:", lines);
        Assert.Contains("[INFO]    Running dataset stage", lines);
        Assert.Contains("  indented", lines);
        Assert.Contains("Grüße", lines);
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public async Task N86_N87_N96_N97_N98_Options_are_normalised_and_reach_the_engine_unharmed()
    {
        var form = NodeCalls.Form("a.jpg");
        const string polygon = """{"type": "Polygon", "note": "$(touch x) `y` 'z' \"q\""}""";
        form.Add(new StringContent(JsonSerializer.Serialize(new object[]
        {
            new { name = "unknown", value = (object)1 }, new { name = "dtm", value = (object)"0" }, new { name = "crop", value = (object)"2.5abc" },
            new { name = "boundary", value = (object)polygon }, new { name = "cog", value = (object)false },
        })), "options");
        var uuid = (await _node.PostAsync("/task/new", form)).GetProperty("uuid").GetString()!;
        var info = await _node.WaitForEndAsync(uuid);
        var lines = await _node.OutputAsync(uuid);

        Assert.Equal(
            ["crop=2.5", "boundary=" + polygon, "dtm=False", "cog=False", "pc-ept=True", "gltf=True"],
            info.GetProperty("options").EnumerateArray().Select(option => $"{option.GetProperty("name")}={option.GetProperty("value")}"));
        string[] expected = ["--crop", "2.5", "--boundary", polygon, "--pc-ept", "--gltf", "--project-path", _node.Data, uuid];
        Assert.Equal("[WARNING] Option unknown has no effect: the engine does not know it.", lines[0]);
        Assert.Equal(expected.Select(argument => $"argument <{argument}>"), lines[1..(expected.Length + 1)]);
    }

    [Theory]
    [InlineData("exit1", "Cannot process dataset")]
    [InlineData("reason,exit1", "Cannot process dataset: The photos do not overlap.")]
    [InlineData("kill", "Not enough memory")]
    [InlineData("exit132", "Unsupported CPU")]
    [InlineData("exit134", "Cannot process dataset")]
    [InlineData("exit3", "Installation issue")]
    [InlineData("exit77", "Processing failed (77)")]
    public async Task N158_Exit_codes_become_sentences(string mode, string message)
    {
        var uuid = await _node.CreateAsync(mode);
        var info = await _node.WaitForEndAsync(uuid);

        Assert.Equal(30, info.Code());
        Assert.Equal(message, info.ErrorMessage());
        Assert.Equal("Asset not ready", (await _node.GetAsync($"/task/{uuid}/download/all.zip")).Error());
    }

    [Fact]
    public async Task N192_A_restart_with_one_known_and_one_unknown_option_has_four_options()
    {
        var form = NodeCalls.Form("a.jpg");
        var uuid = (await _node.PostAsync("/task/new", form)).GetProperty("uuid").GetString()!;
        await _node.WaitForEndAsync(uuid);
        var answer = await _node.ActAsync("restart", uuid, """[{"name":"mesh-size","value":12345},{"name":"unknown","value":1}]""");

        Assert.True(answer.GetProperty("success").GetBoolean());
        var options = (await _node.InfoAsync(uuid)).GetProperty("options");
        Assert.Equal(4, options.GetArrayLength());
        Assert.Equal(12345, options[0].GetProperty("value").GetInt32());
    }
}
