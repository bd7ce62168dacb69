using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>What a task tells about itself.</summary>
public sealed class TaskTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly string[] Keys = ["uuid", "name", "dateCreated", "processingTime", "status", "options", "imagesCount", "progress"];

    private readonly NodeProcess _node = shared.Node;

    [Theory]
    [InlineData("", 40)]
    [InlineData("exit1", 30)]
    public async Task N109_All_keys_are_there_from_start_to_end(string mode, int code)
    {
        var uuid = await _node.CreateAsync(mode);
        var first = await _node.InfoAsync(uuid);
        var last = await _node.WaitForEndAsync(uuid);

        Assert.Equal(code, last.Code());
        foreach (var info in (JsonElement[])[first, last])
        {
            // Extra keys are tolerated by every client; these eight must come first and as they are.
            Assert.Equal(Keys, info.EnumerateObject().Take(Keys.Length).Select(property => property.Name));
            Assert.DoesNotContain(info.EnumerateObject(), property => property.Name is "error" or "output");
            Assert.Equal(uuid, info.GetProperty("uuid").GetString());
            Assert.NotEmpty(info.GetProperty("name").GetString()!);
            Assert.Matches("^[0-9]+$", info.GetProperty("dateCreated").GetRawText());
            Assert.Matches("^(-1|[0-9]+)$", info.GetProperty("processingTime").GetRawText());
            Assert.Equal(JsonValueKind.Array, info.GetProperty("options").ValueKind);
            Assert.Matches("^[0-9]+$", info.GetProperty("imagesCount").GetRawText());
            Assert.Equal(JsonValueKind.Number, info.GetProperty("progress").ValueKind);
        }
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("constructor")]
    [InlineData("__proto__")]
    [InlineData("11111111-2222-4333-8444-555555555555")]
    public async Task N110_An_unknown_id_is_not_found(string uuid)
    {
        Assert.Equal($$"""{"error":"{{uuid}} not found"}""", (await _node.InfoAsync(uuid)).GetRawText());
        Assert.Equal($$"""{"error":"{{uuid}} not found"}""", (await _node.GetAsync($"/task/{uuid}/output")).GetRawText());
    }

    [Fact]
    public async Task N111_Ids_are_case_sensitive_and_echoed_as_given()
    {
        const string uuid = "ABCDEFab-35b0-4621-8834-517f69782004";
        Assert.Equal(uuid, (await _node.PostAsync("/task/new", NodeCalls.Form("a.jpg"), uuid)).Uuid());
        var upper = uuid.ToUpperInvariant();

        Assert.Equal(uuid, (await _node.InfoAsync(uuid)).Uuid());
        Assert.Equal($"{upper} not found", (await _node.InfoAsync(upper)).Error());
        Assert.Contains(uuid, (await _node.GetAsync("/task/list")).EnumerateArray().Select(task => task.Uuid()));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("?with_output", true)]
    [InlineData("?with_output=", true)]
    [InlineData("?with_output=0", true)]
    [InlineData("?with_output=x", true)]
    public async Task N112_The_output_is_there_only_when_it_is_asked_for(string query, bool isThere)
    {
        var uuid = await _node.CreateAsync("hold");
        var info = await _node.InfoAsync(uuid, query);

        Assert.Equal(isThere, info.TryGetProperty("output", out var output));
        Assert.Equal(isThere ? JsonValueKind.Array : JsonValueKind.Undefined, output.ValueKind);
        await _node.SucceedAsync("remove", uuid);
    }

    [Fact]
    public async Task N113_N114_N126_Lines_are_skipped_and_taken_from_the_end()
    {
        var uuid = await _node.CreateAsync("lines20");
        await _node.WaitForEndAsync(uuid);
        var all = await _node.OutputAsync(uuid);
        Assert.True(all.Length > 22);
        var cases = new (string Value, string[] Expected)[]
        {
            ("0", all), ("2", all[2..]), ("2.9", all[2..]), ("-2", all[^2..]), ("-2.9", all[^2..]), ("-999999", all), ("x", all), ("", all),
            ("3abc", all[3..]), ($"{all.Length}", []), ("99999", []), ("99999999999999999999", []), ("-99999999999999999999", all), ("-", all),
        };
        foreach (var (value, expected) in cases)
        {
            Assert.Equal(expected, await _node.OutputAsync(uuid, $"?line={value}"));
            Assert.Equal(expected, (await _node.InfoAsync(uuid, $"?with_output={value}")).GetProperty("output").EnumerateArray().Select(line => line.GetString()));
        }

        Assert.Equal(all, await _node.OutputAsync(uuid, "?line=1&line=2"));
        Assert.Equal(all, await _node.OutputAsync(uuid));
    }

    [Fact]
    public async Task N126_A_client_that_counts_elements_reads_every_line_exactly_once()
    {
        var uuid = await _node.CreateAsync("lines300,error,colour,lines200");
        var read = new List<string>();
        for (var code = 0; code != 40;)
        {
            code = (await _node.InfoAsync(uuid)).Code();
            read.AddRange(await _node.OutputAsync(uuid, $"?line={read.Count}"));
        }

        Assert.Equal(await _node.OutputAsync(uuid), read);
        Assert.True(read.Count > 500);
    }

    [Fact]
    public async Task N122_N123_N124_N125_Lines_are_whole_and_clean()
    {
        var uuid = await _node.CreateAsync("error,colour,torn");
        await _node.WaitForEndAsync(uuid);
        var lines = await _node.OutputAsync(uuid);

        Assert.DoesNotContain("error", lines);
        Assert.Contains("error:", lines);
        Assert.Contains("[INFO]    Running dataset stage", lines);
        Assert.Contains("  indented", lines);
        Assert.Contains("Grüße", lines);
        Assert.All(lines, line => Assert.True(line.AsSpan().IndexOfAny('\n', '\r', '\e') < 0));
    }

    [Fact]
    public async Task N115_With_a_free_slot_a_task_is_never_seen_queued()
    {
        for (var round = 0; round < 5; round++)
        {
            var uuid = await _node.InitAsync();
            await _node.UploadAsync(uuid, NodeCalls.Form("a.jpg"));
            await _node.CommitAsync(uuid);
            var seen = new List<int>();
            do
            {
                seen.Add((await _node.InfoAsync(uuid)).Code());
            }
            while (seen[^1] < 30);

            Assert.Equal(20, seen[0]);
            Assert.DoesNotContain(10, seen);
        }
    }

    [Fact]
    public async Task N117_All_files_are_counted_first_and_then_the_entries_of_the_images_folder()
    {
        var form = NodeCalls.Form("a.jpg", "b.JPG", "gcp.txt", "align.laz", "other.zip", "video.mp4", "boundary.json");
        form.Add(new ByteArrayContent(Seeds.Many), "images", "seed.zip");
        var uuid = (await _node.PostAsync("/task/new", form)).Uuid();

        Assert.Equal(8, (await _node.InfoAsync(uuid)).GetProperty("imagesCount").GetInt32());
        Assert.Equal(4, (await _node.WaitForEndAsync(uuid)).GetProperty("imagesCount").GetInt32());
    }

    [Theory]
    [InlineData("exit1", "Cannot process dataset")]
    [InlineData("reason,exit1", "Cannot process dataset: The photos do not overlap.")]
    [InlineData("exit134", "Cannot process dataset")]
    [InlineData("exit139", "Cannot process dataset")]
    [InlineData("exit137", "Not enough memory")]
    [InlineData("kill", "Not enough memory")]
    [InlineData("exit132", "Unsupported CPU")]
    [InlineData("exit3", "Installation issue")]
    [InlineData("exit2", "Processing failed (2)")]
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
    public async Task N158_A_run_that_goes_well_has_no_message()
    {
        var info = await _node.WaitForEndAsync(await _node.CreateAsync("exit0"));

        Assert.Equal("""{"code":40}""", info.GetProperty("status").GetRawText());
    }
}
