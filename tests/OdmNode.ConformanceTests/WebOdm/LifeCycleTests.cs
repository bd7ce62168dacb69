using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class LifeCycleTests(WebOdmNode shared) : IClassFixture<WebOdmNode>, IAsyncLifetime
{
    private readonly NodeProcess _node = shared.Node;
    private WebOdmClient _client = null!;

    public async Task InitializeAsync() => _client = await WebOdmClient.LogInAsync(_node);

    public Task DisposeAsync()
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task W83_W85_W86_W87_W106_A_task_runs_by_itself_and_is_seen_through_both_faces()
    {
        var path = await _client.TaskAsync("hold");
        var running = await _client.WaitForAsync(path, 20);
        var uuid = running.GetProperty("uuid").GetString()!;
        Assert.Equal(1, running.GetProperty("processing_node").GetInt32());
        Assert.Equal(20, (await _node.InfoAsync(uuid)).Code());
        await _client.WaitAsync(path, task => task.GetProperty("processing_time").GetInt64() >= 1000);
        await _node.ReleaseAsync(uuid);

        var seen = new List<int>();
        var done = await _client.WaitAsync(path, task =>
        {
            seen.Add(WebOdmClient.Status(task) ?? 0);
            return seen[^1] == 40;
        });
        Assert.Equal([20, 40], seen.Distinct());
        Assert.NotEmpty(done.GetProperty("available_assets").EnumerateArray());
        foreach (var asset in done.GetProperty("available_assets").EnumerateArray())
        {
            Assert.Equal(200, (await _client.GetAsync($"{path}download/{asset}")).Status);
        }

        Assert.Equal(40, (await _node.InfoAsync(uuid)).Code());
        Assert.Equal(done.GetProperty("processing_time").GetInt64(), (await _node.InfoAsync(uuid)).GetProperty("processingTime").GetInt64());
        Assert.Equal(done.GetProperty("processing_time").GetInt64(), (await _client.ReadAsync(path)).GetProperty("processing_time").GetInt64());
    }

    [Fact]
    public async Task W84_W99_A_manual_task_waits_and_cannot_be_restarted_without_a_node()
    {
        var path = await _client.TaskAsync(string.Empty, ("auto_processing_node", "false"));
        await Task.Delay(1200);
        var task = await _client.ReadAsync(path);
        Assert.Equal((null, string.Empty, JsonValueKind.Null, JsonValueKind.Null), (
            WebOdmClient.Status(task), task.GetProperty("uuid").GetString()!, task.GetProperty("processing_node").ValueKind, task.GetProperty("last_error").ValueKind));

        await _client.ActAsync(path, "restart");
        Assert.Equal("Cannot restart a task that has no processing node", (await _client.WaitForAsync(path, 30)).GetProperty("last_error").GetString());
        await _client.ActAsync(path, "cancel");
        Assert.Equal(JsonValueKind.Null, (await _client.WaitForAsync(path, 50)).GetProperty("last_error").ValueKind);
    }

    [Fact]
    public async Task W88_W94_A_failed_task_says_why_and_runs_again_under_its_id()
    {
        var path = await _client.TaskAsync("reason,exit1");
        var failed = await _client.WaitForAsync(path, 30);
        Assert.Contains("do not overlap", failed.GetProperty("last_error").GetString(), StringComparison.Ordinal);
        await _client.PatchAsync(path, WebOdmClient.Json("""{"options":[]}"""));

        await _client.ActAsync(path, "restart");
        var done = await _client.WaitForAsync(path, 40);
        Assert.Equal(failed.GetProperty("uuid").GetString(), done.GetProperty("uuid").GetString());
        Assert.Equal(JsonValueKind.Null, done.GetProperty("last_error").ValueKind);
    }

    [Fact]
    public async Task W89_A_value_out_of_range_is_named()
    {
        var path = await _client.TaskAsync(string.Empty, ("options", """[{"name":"crop","value":-5}]"""));
        var failed = await _client.WaitForAsync(path, 30);
        Assert.Contains("crop", failed.GetProperty("last_error").GetString(), StringComparison.Ordinal);
        Assert.Equal(string.Empty, failed.GetProperty("uuid").GetString());
    }

    [Fact]
    public async Task W90_W93_Cancel_of_a_running_task_ends_the_engine()
    {
        var path = await _client.TaskAsync("burn60");
        var uuid = (await _client.WaitForAsync(path, 20)).GetProperty("uuid").GetString()!;
        var process = await _node.ProcessAsync(uuid);

        await _client.ActAsync(path, "cancel");
        var canceled = await _client.WaitForAsync(path, 50);
        Assert.Equal(JsonValueKind.Null, canceled.GetProperty("pending_action").ValueKind);
        Assert.Equal(uuid, canceled.GetProperty("uuid").GetString());
        await NodeCalls.UntilAsync(() => !Directory.Exists($"/proc/{process}"));
    }

    [Fact]
    public async Task W91_Cancel_of_a_waiting_task_is_no_error()
    {
        var path = await _client.TaskAsync(string.Empty, ("auto_processing_node", "false"));
        await _client.ActAsync(path, "cancel");
        Assert.Equal(JsonValueKind.Null, (await _client.WaitForAsync(path, 50)).GetProperty("last_error").ValueKind);
    }

    [Fact]
    public async Task W92_A_finished_task_that_is_cancelled_keeps_its_downloads()
    {
        var path = await _client.TaskAsync();
        var assets = (await _client.WaitForAsync(path, 40)).GetProperty("available_assets").GetRawText();
        await _client.ActAsync(path, "cancel");

        Assert.Equal(assets, (await _client.WaitForAsync(path, 50)).GetProperty("available_assets").GetRawText());
        Assert.Equal(200, (await _client.GetAsync(path + "download/all.zip")).Status);
    }

    [Fact]
    public async Task W94_W95_W96_W97_A_restart_keeps_id_folder_and_old_results_until_there_are_new_ones()
    {
        var path = await _client.TaskAsync("write:odm_report/first.txt");
        var uuid = (await _client.WaitForAsync(path, 40)).GetProperty("uuid").GetString()!;
        await _client.PatchAsync(path, WebOdmClient.Json("""{"options":[{"name":"primary-band","value":"delete:odm_report/first.txt,hold"}]}"""));
        await _client.ActAsync(path, "restart");

        var running = await _client.WaitForAsync(path, 20);
        Assert.Equal(uuid, running.GetProperty("uuid").GetString());
        await _node.ProcessAsync(uuid);
        await NodeCalls.UntilAsync(() => !File.Exists(_node.PathOf(uuid, "odm_report", "first.txt")));
        Assert.Equal(200, (await _client.GetAsync(path + "assets/odm_report/first.txt")).Status);
        Assert.Equal(200, (await _client.GetAsync(path + "download/all.zip")).Status);
        await _node.ReleaseAsync(uuid);
        await _client.WaitForAsync(path, 40);
        Assert.Equal(404, (await _client.GetAsync(path + "assets/odm_report/first.txt")).Status);

        // The engine found what the first run had left, and nothing was sent again.
        Assert.Equal(["run", "run"], await File.ReadAllLinesAsync(_node.PathOf(uuid, "runs.txt")));
    }

    [Fact]
    public async Task W97_Results_that_were_handed_out_do_not_change_while_the_engine_writes()
    {
        var path = await _client.TaskAsync();
        var uuid = (await _client.WaitForAsync(path, 40)).GetProperty("uuid").GetString()!;
        Assert.Equal("{}", (await _client.GetAsync(path + "assets/cameras.json")).Text.Trim());

        // This engine opens its own file and writes into it.
        await _client.PatchAsync(path, WebOdmClient.Json("""{"options":[{"name":"primary-band","value":"write:cameras.json,hold"}]}"""));
        await _client.ActAsync(path, "restart");
        await _client.WaitForAsync(path, 20);
        await _node.ProcessAsync(uuid);
        await NodeCalls.UntilAsync(() => File.ReadAllText(_node.PathOf(uuid, "cameras.json")).StartsWith("cameras.json", StringComparison.Ordinal));
        Assert.Equal("{}", (await _client.GetAsync(path + "assets/cameras.json")).Text.Trim());
        await _node.ReleaseAsync(uuid);
        await _client.WaitForAsync(path, 40);
        Assert.Equal("cameras.json", (await _client.GetAsync(path + "assets/cameras.json")).Text.Trim());
    }

    [Fact]
    public async Task W98_A_task_that_the_node_has_lost_is_sent_anew()
    {
        var path = await _client.TaskAsync(string.Empty, ("options", """[{"name":"rerun-from","value":"odm_report"},{"name":"dsm","value":true}]"""));
        var uuid = (await _client.WaitForAsync(path, 40)).GetProperty("uuid").GetString()!;
        await _node.SucceedAsync("remove", uuid);
        Assert.Equal(200, (await _client.GetAsync(path + "download/all.zip")).Status);

        await _client.ActAsync(path, "restart");
        var done = await _client.WaitAsync(path, task => WebOdmClient.Status(task) == 40 && task.GetProperty("uuid").GetString() != uuid);
        Assert.Equal("""[{"name":"dsm","value":true}]""", done.GetProperty("options").GetRawText());
    }

    [Fact]
    public async Task A_task_that_is_removed_from_the_node_while_it_runs_has_failed()
    {
        var path = await _client.TaskAsync("hold");
        var uuid = (await _client.WaitForAsync(path, 20)).GetProperty("uuid").GetString()!;
        await _node.SucceedAsync("remove", uuid);
        Assert.Equal($"{uuid} not found", (await _client.WaitForAsync(path, 30)).GetProperty("last_error").GetString());
    }

    [Fact]
    public async Task W100_A_restart_while_running_leaves_one_run()
    {
        var path = await _client.TaskAsync("hold");
        var uuid = (await _client.WaitForAsync(path, 20)).GetProperty("uuid").GetString()!;
        var first = await _node.ProcessAsync(uuid);
        await _client.ActAsync(path, "restart");
        await NodeCalls.UntilAsync(() => !Directory.Exists($"/proc/{first}"));
        var again = await _client.WaitForAsync(path, 20);
        Assert.Equal(uuid, again.GetProperty("uuid").GetString());
        await NodeCalls.UntilAsync(() => File.ReadAllLines(_node.PathOf(uuid, "runs.txt")).Length == 2);
        await _node.ReleaseAsync(uuid);
        await _client.WaitForAsync(path, 40);
    }

    [Fact]
    public async Task W101_Remove_takes_files_and_the_nodes_copy()
    {
        var path = await _client.TaskAsync("burn60");
        var uuid = (await _client.WaitForAsync(path, 20)).GetProperty("uuid").GetString()!;
        var process = await _node.ProcessAsync(uuid);
        await _client.ActAsync(path, "remove");

        await _client.WaitUntilGoneAsync(path);
        await NodeCalls.UntilAsync(() => !Directory.Exists($"/proc/{process}") && !Directory.Exists(_node.PathOf(uuid)));
        await NodeCalls.UntilAsync(() => !Directory.Exists(Path.Combine(_node.Data, "webodm", "tasks", path.TrimEnd('/').Split('/')[^1])));
    }

    [Fact]
    public async Task W102_Delete_is_seen_at_once()
    {
        var path = await _client.TaskAsync("hold");
        var project = path[..path.IndexOf("tasks/", StringComparison.Ordinal)];
        await _client.WaitForAsync(path, 20);

        Assert.Equal((204, string.Empty), (await _client.DeleteAsync(path)).Both);
        Assert.Equal(404, (await _client.GetAsync(path)).Status);
        Assert.Equal("[]", (await _client.GetAsync(project + "tasks/")).Text);
        Assert.Equal("[]", (await _client.ReadAsync(project)).GetProperty("tasks").GetRawText());
    }

    [Fact]
    public async Task W103_Actions_on_what_is_not_there_and_with_the_wrong_verb()
    {
        var path = await _client.TaskAsync(string.Empty, ("auto_processing_node", "false"));
        WebOdmUsers.Add(_node, "anton");
        using var other = await WebOdmClient.LogInAsync(_node, "anton", "anton");
        foreach (var action in (string[])["cancel/", "restart/", "remove/"])
        {
            Assert.Equal(404, (await _client.PostAsync($"{path[..path.IndexOf("tasks/", StringComparison.Ordinal)]}tasks/99999/{action}")).Status);
            Assert.Equal(404, (await other.PostAsync(path + action)).Status);
            Assert.Equal((405, """{"detail":"Method \"GET\" not allowed."}"""), (await _client.GetAsync(path + action)).Both);
        }
    }

    [Fact]
    public async Task W108_Progress_rises_to_one()
    {
        var path = await _client.TaskAsync("report30,report80,sleep1");
        var (uploaded, running) = (new List<double>(), new List<double>());
        await _client.WaitAsync(path, task =>
        {
            uploaded.Add(task.GetProperty("upload_progress").GetDouble());
            running.Add(task.GetProperty("running_progress").GetDouble());
            return WebOdmClient.Status(task) == 40;
        });
        foreach (var progress in (List<double>[])[uploaded, running])
        {
            Assert.Equal(progress.Order(), progress);
            Assert.All(progress, value => Assert.InRange(value, 0, 1));
            Assert.Equal(1, progress[^1]);
        }
    }
}
