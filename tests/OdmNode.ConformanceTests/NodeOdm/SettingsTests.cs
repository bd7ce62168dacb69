using System.Diagnostics;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task N174_Flags_are_understood_in_both_spellings_and_an_unknown_one_only_warns()
    {
        await using var node = await NodeProcess.StartAsync(
            _folder.PathOf("data"), "--max_images", "7", "--parallel_queue_processing", "3", "--cleanup-tasks-after", "5", "--cleanup_uploads_after", "5",
            "--max-runtime", "60", "--no-such-flag", "--test-seconds", "1");
        var info = await node.GetAsync("/info");

        Assert.Equal(7, info.GetProperty("maxImages").GetInt32());
        Assert.Equal(3, info.GetProperty("maxParallelTasks").GetInt32());
        Assert.Contains(node.Log, line => line.Contains("--no-such-flag", StringComparison.Ordinal) && line.StartsWith("WARNING", StringComparison.Ordinal));
    }

    [Fact]
    public async Task N175_The_file_is_read_and_a_flag_wins_over_it()
    {
        var file = Write("node.json", """{"maxImages": 5, "parallelQueueProcessing": 2, "token": "secret", "logger": {"level": "info"}}""");
        await using var node = await NodeProcess.StartAsync(_folder.PathOf("data"), "--config", file, "--max-images", "6");
        var info = await node.GetAsync("/info?token=secret");

        Assert.Equal(6, info.GetProperty("maxImages").GetInt32());
        Assert.Equal(2, info.GetProperty("maxParallelTasks").GetInt32());
        Assert.Equal("Invalid authentication token: token does not match.", (await node.GetAsync("/info")).Error());
    }

    [Fact]
    public async Task N178_Powercycle_ends_well_once_everything_has_started()
    {
        var (exitCode, output) = await RunAsync("--powercycle", "--data", _folder.PathOf("data"));

        Assert.Equal(0, exitCode);
        Assert.Contains("Listening on", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--config", "nowhere.json")]
    [InlineData("--config", "settings.txt")]
    [InlineData("--port", "70000")]
    [InlineData("--log-level", "loud")]
    [InlineData("--engine-command", "/no/such/engine")]
    public async Task A_setting_that_cannot_be_used_ends_the_start_with_status_1(string flag, string value)
    {
        var (exitCode, output) = await RunAsync("--data", _folder.PathOf("data"), flag, value);

        Assert.Equal(1, exitCode);
        Assert.Contains("ERROR: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task N27_The_token_is_good_from_authorised_addresses_alone()
    {
        var elsewhere = Write("elsewhere.json", """{"token": "secret", "authorizedIps": ["10.1.2.3"]}""");
        await using (var node = await NodeProcess.StartAsync(_folder.PathOf("a"), "--config", elsewhere))
        {
            Assert.Equal("Invalid authentication IP: IP is not one of authorized IPs.", (await node.GetAsync("/info?token=secret")).Error());
            Assert.Equal("Invalid authentication token: token does not match.", (await node.GetAsync("/info?token=wrong")).Error());
        }

        var here = Write("here.json", """{"token": "secret", "authorizedIps": ["10.1.2.3", "::ffff:127.0.0.1"]}""");
        await using var open = await NodeProcess.StartAsync(_folder.PathOf("b"), "--config", here);
        Assert.Equal("2.2.4", (await open.GetAsync("/info?token=secret")).GetProperty("version").GetString());
    }

    [Fact]
    public async Task N95_Max_concurrency_caps_and_injects()
    {
        await using var node = await NodeProcess.StartAsync(_folder.PathOf("data"), "--max_concurrency", "3", "-q", "4");
        var silent = await node.CreateWithAsync(("options", """[{"name":"crop","value":2}]"""), ("skipPostProcessing", "true"));
        var greedy = await node.CreateWithAsync(("options", """[{"name":"max-concurrency","value":8},{"name":"crop","value":2}]"""), ("skipPostProcessing", "true"));
        var modest = await node.CreateWithAsync(("options", """[{"name":"max-concurrency","value":1}]"""), ("skipPostProcessing", "true"));

        Assert.Equal(["crop=2", "max-concurrency=3"], (await node.WaitForEndAsync(silent)).Options());
        Assert.Equal(["max-concurrency=3", "crop=2"], (await node.WaitForEndAsync(greedy)).Options());
        Assert.Equal(["max-concurrency=1"], (await node.WaitForEndAsync(modest)).Options());
        await node.SucceedAsync("restart", modest, """[{"name":"max-concurrency","value":9}]""");
        Assert.Equal(["max-concurrency=3"], (await node.WaitForEndAsync(modest)).Options());
    }

    [Fact]
    public async Task N163_A_task_beyond_max_runtime_is_cancelled_and_says_so()
    {
        await using var node = await NodeProcess.StartAsync(_folder.PathOf("data"), "--max_runtime", "0.02");
        var uuid = await node.CreateAsync("sleep30");
        var info = await node.WaitForEndAsync(uuid);

        Assert.Equal(50, info.Code());
        Assert.Null(info.ErrorMessage());
        Assert.Equal("Task timed out after 1 minutes.", (await node.OutputAsync(uuid))[^1]);
    }

    [Fact]
    public async Task New_work_is_refused_with_the_reason_while_the_disk_is_nearly_full()
    {
        await using var node = await NodeProcess.StartAsync(_folder.PathOf("data"), "--min-free-disk", "1000000000");
        using var answer = await node.Http.GetAsync("/health");
        var health = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal("diskFull", health.GetProperty("status").GetString());
        foreach (var refusal in new[] { await node.PostAsync("/task/new/init"), await node.PostAsync("/task/new", NodeCalls.Form("a.jpg")) })
        {
            Assert.StartsWith("The disk of the node is nearly full: ", refusal.Error(), StringComparison.Ordinal);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "odmnode.dll"), "serve", "--host", "127.0.0.1" }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await errors);
    }

    private string Write(string name, string content)
    {
        var path = _folder.PathOf(name);
        File.WriteAllText(path, content);
        return path;
    }
}
