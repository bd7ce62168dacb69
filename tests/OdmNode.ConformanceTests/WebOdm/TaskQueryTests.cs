using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class TaskQueryTests(WebOdmNode shared) : IClassFixture<WebOdmNode>, IAsyncLifetime
{
    private const string NotFound = """{"detail":"Not found."}""";
    private static readonly (string, string) Manual = ("auto_processing_node", "false");

    private readonly NodeProcess _node = shared.Node;
    private WebOdmClient _client = null!;
    private long _project;

    public async Task InitializeAsync()
    {
        _client = await WebOdmClient.LogInAsync(_node);
        _project = await _client.ProjectAsync();
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task W72_A_task_is_found_under_its_own_project_only()
    {
        var task = await _client.TaskAsync(_project, string.Empty, Manual);
        var id = task.TrimEnd('/').Split('/')[^1];
        var other = await _client.ProjectAsync();

        Assert.Equal(200, (await _client.GetAsync(task)).Status);
        foreach (var path in (string[])[$"projects/{other}/tasks/{id}/", $"projects/{_project}/tasks/99999/", $"projects/{_project}/tasks/x/", $"projects/{other}/tasks/{id}/output/"])
        {
            Assert.Equal((404, NotFound), (await _client.GetAsync(path)).Both);
        }
    }

    [Fact]
    public async Task W73_W74_W75_Lists_are_plain_sorted_and_filtered()
    {
        var ids = new List<long>();
        foreach (var name in (string[])["b", "a", "c"])
        {
            ids.Add((await _client.ReadAsync(await _client.TaskAsync(_project, string.Empty, Manual, ("name", name)))).GetProperty("id").GetInt64());
        }

        var tasks = $"projects/{_project}/tasks/";
        Assert.Equal(ids, Ids(await _client.ReadAsync(tasks + "?ordering=created_at")));
        Assert.Equal(Enumerable.Reverse(ids), Ids(await _client.ReadAsync(tasks + "?ordering=-created_at")));
        Assert.Equal([ids[1], ids[0], ids[2]], Ids(await _client.ReadAsync(tasks + "?ordering=name")));
        Assert.Empty(Ids(await _client.ReadAsync(tasks + "?status=40")));
        Assert.Empty(Ids(await _client.ReadAsync(tasks + "?available_assets=all.zip,orthophoto.tif")));
        Assert.Equal((400, """["Invalid status parameter"]"""), (await _client.GetAsync(tasks + "?status=x")).Both);
        Assert.Equal((404, NotFound), (await _client.GetAsync("projects/99999/tasks/")).Both);
        Assert.Equal("[]", (await _client.GetAsync($"projects/{await _client.ProjectAsync()}/tasks/")).Text);
    }

    [Fact]
    public async Task W76_W77_Patch_changes_what_may_be_set_and_nothing_else()
    {
        var task = await _client.TaskAsync(_project, string.Empty, Manual);
        var before = await _client.ReadAsync(task);

        Assert.Equal("json", (await _client.PatchAsync(task, WebOdmClient.Json("""{"name":"json"}"""))).Json.GetProperty("name").GetString());
        Assert.Equal("form", (await _client.PatchAsync(task, WebOdmClient.Form(("name", "form")))).Json.GetProperty("name").GetString());
        var answer = await _client.PatchAsync(task, WebOdmClient.Json(
            """{"id":1,"uuid":"x","status":40,"images_count":9,"processing_time":5,"last_error":"x","available_assets":["a"],"pending_action":1,"created_at":"2000-01-01T00:00:00.000000Z"}"""));
        Assert.Equal(200, answer.Status);
        Assert.Equal(before.GetRawText().Replace("\"name\":\"\"", "\"name\":\"form\"", StringComparison.Ordinal), answer.Text);
    }

    [Fact]
    public async Task W78_W80_A_node_starts_a_waiting_manual_task_and_options_do_not()
    {
        var task = await _client.TaskAsync(_project, "lines3", Manual);
        await _client.PatchAsync(task, WebOdmClient.Json("""{"options":[{"name":"primary-band","value":"lines5"}]}"""));
        await Task.Delay(700);
        Assert.Null(WebOdmClient.Status(await _client.ReadAsync(task)));

        Assert.Equal(200, (await _client.PatchAsync(task, WebOdmClient.Json("""{"processing_node":1}"""))).Status);
        var done = await _client.WaitForAsync(task, 40);
        Assert.Contains("5", await _node.OutputAsync(done.GetProperty("uuid").GetString()!));
    }

    [Fact]
    public async Task W79_A_task_moves_with_its_files_to_another_project()
    {
        var task = await _client.TaskAsync(_project, string.Empty);
        await _client.WaitForAsync(task, 40);
        var target = await _client.ProjectAsync();
        var moved = task.Replace($"projects/{_project}/", $"projects/{target}/", StringComparison.Ordinal);

        Assert.Equal(target, (await _client.PatchAsync(task, WebOdmClient.Json($$"""{"project":{{target}}}"""))).Json.GetProperty("project").GetInt64());
        Assert.Equal((404, NotFound), (await _client.GetAsync(task)).Both);
        Assert.Equal(200, (await _client.GetAsync(moved + "download/all.zip")).Status);
        Assert.Equal((403, """{"detail":"You do not have permission to perform this action."}"""), (await _client.PatchAsync(moved, WebOdmClient.Json("""{"project":99999}"""))).Both);
        WebOdmUsers.Add(_node, "martha");
        using var other = await WebOdmClient.LogInAsync(_node, "martha", "martha");
        var foreign = await other.TaskAsync(string.Empty);
        Assert.Equal(403, (await other.PatchAsync(foreign, WebOdmClient.Json($$"""{"project":{{target}}}"""))).Status);
    }

    [Fact]
    public async Task W81_Put_needs_project_and_node()
    {
        var task = await _client.TaskAsync(_project, string.Empty, Manual);
        Assert.Equal(
            (400, """{"project":["This field is required."],"processing_node":["This field is required."]}"""), (await _client.SendAsync("PUT", task, WebOdmClient.Json("{}"))).Both);
        Assert.Equal(200, (await _client.SendAsync("PUT", task, WebOdmClient.Json($$"""{"project":{{_project}},"processing_node":1}"""))).Status);
    }

    private static IEnumerable<long> Ids(JsonElement tasks) => tasks.EnumerateArray().Select(task => task.GetProperty("id").GetInt64());
}
