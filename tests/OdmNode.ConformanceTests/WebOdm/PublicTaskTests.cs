using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class PublicTaskTests(WebOdmTestNode shared) : IClassFixture<WebOdmTestNode>, IAsyncLifetime
{
    private const string NoCredentials = """{"detail":"Authentication credentials were not provided."}""";
    private static readonly string[] Views =
        ["", "output/", "download/all.zip", "assets/cameras.json", "tiles.json", "orthophoto/tiles.json", "orthophoto/bounds"];

    private readonly NodeProcess _node = shared.Node;
    private WebOdmClient _client = null!;
    private WebOdmClient _nobody = null!;
    private string _task = null!;

    public async Task InitializeAsync()
    {
        _client = await WebOdmClient.LogInAsync(_node);
        _nobody = WebOdmClient.Anonymous(_node);
        _task = await _client.TaskAsync();
        await _client.WaitForAsync(_task, 40);
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        _nobody.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_public_task_is_seen_without_credentials_and_changed_by_nobody()
    {
        Assert.False((await _client.ReadAsync(_task)).GetProperty("public").GetBoolean());
        foreach (var view in Views)
        {
            Assert.Equal((403, NoCredentials), (await _nobody.GetAsync(_task + view)).Both);
        }

        await SetPublicAsync(true);
        foreach (var view in Views)
        {
            Assert.Equal((view, 200), (view, (await _nobody.GetAsync(_task + view)).Status));
        }

        var project = _task[..(_task.IndexOf("tasks", StringComparison.Ordinal))];
        foreach (var (method, path) in ((string, string)[])[("GET", project), ("GET", project + "tasks/"), ("PATCH", _task), ("POST", _task + "cancel/"), ("DELETE", _task)])
        {
            Assert.Equal((403, NoCredentials), (await _nobody.SendAsync(method, path)).Both);
        }

        await SetPublicAsync(false);
        Assert.Equal((403, NoCredentials), (await _nobody.GetAsync(_task)).Both);
    }

    [Fact]
    public async Task W25_A_bad_token_is_refused_on_a_public_task_too()
    {
        await SetPublicAsync(true);
        foreach (var view in Views)
        {
            Assert.Equal((403, """{"detail":"Error decoding signature."}"""), (await _nobody.GetAsync(_task + view + "?jwt=damaged")).Both);
        }

        Assert.Equal(
            (403, """{"detail":"Invalid username/password."}"""),
            (await _nobody.SendAsync("GET", _task, null, ("Authorization", WebOdmClient.Basic("admin", "wrong")))).Both);
    }

    [Fact]
    public async Task A_public_task_is_seen_by_users_who_do_not_see_its_project()
    {
        WebOdmUsers.Add(_node, "berta");
        using var berta = await WebOdmClient.LogInAsync(_node, "berta", "berta");
        Assert.Equal(404, (await berta.GetAsync(_task)).Status);

        await SetPublicAsync(true);
        Assert.Equal(200, (await berta.GetAsync(_task)).Status);
        Assert.Equal(404, (await berta.PatchAsync(_task, WebOdmClient.Json("""{"name":"mine"}"""))).Status);
        Assert.Equal(404, (await berta.PostAsync(_task + "remove/")).Status);
    }

    [Fact]
    public async Task W82_A_finished_task_tells_where_it_lies_and_is_found_there()
    {
        var task = await _client.ReadAsync(_task);
        var bounds = (await _client.ReadAsync(_task + "orthophoto/tiles.json")).GetProperty("bounds");
        Assert.Equal(bounds.GetRawText(), task.GetProperty("extent").GetRawText());
        Assert.InRange(task.GetProperty("epsg").GetInt32(), 32601, 32760);
        Assert.Equal(
            """[{"name":"red","description":null},{"name":"green","description":null},{"name":"blue","description":null},{"name":"alpha","description":null}]""",
            task.GetProperty("orthophoto_bands").GetRawText());

        var tasks = _task[..(_task.IndexOf("tasks/", StringComparison.Ordinal) + 6)];
        var (west, south) = (bounds[0].GetDouble(), bounds[1].GetDouble());
        Assert.Equal(1, (await _client.ReadAsync(FormattableString.Invariant($"{tasks}?bbox={west - 1},{south - 1},{west + 1e-5},{south + 1e-5}"))).GetArrayLength());
        Assert.Equal(0, (await _client.ReadAsync(FormattableString.Invariant($"{tasks}?bbox={west - 1},{south - 1},{west - 1e-5},{south + 1}"))).GetArrayLength());
        foreach (var bad in (string[])["1,2,3", "1,2,3,x", "1,2,3,4,5", "1,2,3,NaN"])
        {
            Assert.Equal((400, """["Invalid bbox parameter"]"""), (await _client.GetAsync($"{tasks}?bbox={bad}")).Both);
        }
    }

    private async Task SetPublicAsync(bool isPublic)
    {
        var answer = await _client.PatchAsync(_task, WebOdmClient.Json(isPublic ? """{"public":true}""" : """{"public":false}"""));
        Assert.Equal(isPublic, answer.Json.GetProperty("public").GetBoolean());
    }
}
