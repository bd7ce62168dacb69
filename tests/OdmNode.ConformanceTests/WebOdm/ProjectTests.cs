using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class ProjectTests(WebOdmNode shared) : IClassFixture<WebOdmNode>, IAsyncLifetime
{
    private const string NotFound = """{"detail":"Not found."}""";

    private readonly NodeProcess _node = shared.Node;
    private WebOdmClient _client = null!;

    public async Task InitializeAsync() => _client = await WebOdmClient.LogInAsync(_node);

    public Task DisposeAsync()
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task W26_A_new_project_has_all_fields()
    {
        var project = (await _client.PostAsync("projects/", WebOdmClient.Form(("name", "north")))).Json;

        Assert.Equal(JsonValueKind.Number, project.GetProperty("id").ValueKind);
        Assert.Equal("[]", project.GetProperty("tasks").GetRawText());
        Assert.Equal("north", project.GetProperty("name").GetString());
        Assert.Equal(string.Empty, project.GetProperty("description").GetString());
        Assert.Equal(
            ["add", "change", "delete", "view"], project.GetProperty("permissions").EnumerateArray().Select(right => right.GetString()).Order());
        Assert.True(project.TryGetProperty("created_at", out _));
    }

    [Theory]
    [InlineData("{}", "This field is required.")]
    [InlineData("""{"name":""}""", "This field may not be blank.")]
    [InlineData("""{"name":"  "}""", "This field may not be blank.")]
    [InlineData("""{"name":null}""", "This field may not be null.")]
    [InlineData("""{"name":[]}""", "Not a valid string.")]
    public async Task W27_A_wrong_name_is_explained(string body, string text) =>
        Assert.Equal((400, $$"""{"name":["{{text}}"]}"""), (await _client.PostAsync("projects/", WebOdmClient.Json(body))).Both);

    [Fact]
    public async Task W27_A_name_has_255_characters_at_most()
    {
        Assert.Equal(201, (await _client.PostAsync("projects/", WebOdmClient.Form(("name", new string('ü', 255))))).Status);
        Assert.Equal(
            (400, """{"name":["Ensure this field has no more than 255 characters."]}"""),
            (await _client.PostAsync("projects/", WebOdmClient.Form(("name", new string('x', 256))))).Both);
    }

    [Fact]
    public async Task W28_W29_W30_W31_Pages_of_ten_newest_first_with_links_that_keep_the_query()
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.StartAsync(folder.Root, "--webodm-password", "admin");
        using var client = await WebOdmClient.LogInAsync(node);
        for (var number = 0; number < 23; number++)
        {
            await client.ProjectAsync($"p{number}");
        }

        var first = (await client.GetAsync("projects/?page=1&search=x")).Json;
        var second = (await client.GetAsync("projects/?page=2")).Json;
        Assert.Equal(23, first.GetProperty("count").GetInt32());
        Assert.Equal(Enumerable.Range(13, 10).Reverse().Select(number => $"p{number}"), Names(first.GetProperty("results")));
        Assert.Equal($"http://127.0.0.1:{node.Port}/api/projects/?search=x&page=2", first.GetProperty("next").GetString());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("previous").ValueKind);
        Assert.Equal($"http://127.0.0.1:{node.Port}/api/projects/", second.GetProperty("previous").GetString());
        Assert.Equal(3, (await client.GetAsync("projects/?page=3")).Json.GetProperty("results").GetArrayLength());
        foreach (var page in (string[])["4", "0", "-1", "x"])
        {
            Assert.Equal((404, """{"detail":"Invalid page."}"""), (await client.GetAsync($"projects/?page={page}")).Both);
        }

        Assert.Equal(23, (await client.GetAsync("projects/")).Json.GetArrayLength());
    }

    [Fact]
    public async Task W29_The_envelope_is_a_setting()
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.StartAsync(folder.Root, "--webodm-password", "admin", "--webodm-pages");
        using var client = await WebOdmClient.LogInAsync(node);
        Assert.Equal((200, """{"count":0,"next":null,"previous":null,"results":[]}"""), (await client.GetAsync("projects/")).Both);
    }

    [Fact]
    public async Task W32_Filters_and_order()
    {
        var (a, b) = (await _client.ProjectAsync("zz-a"), await _client.ProjectAsync("zz-b"));

        Assert.Equal(["zz-a"], Names((await _client.GetAsync("projects/?name=zz-a")).Json));
        Assert.Equal(["zz-b"], Names((await _client.GetAsync($"projects/?id={b}")).Json));
        Assert.Empty(Names((await _client.GetAsync("projects/?name=zz")).Json));
        Assert.Equal("zz-b", Names((await _client.GetAsync("projects/?ordering=-name")).Json).First());
        Assert.Equal([a, b], Ids((await _client.GetAsync("projects/?ordering=nonsense,created_at")).Json).TakeLast(2));
        Assert.Equal([b, a], Ids((await _client.GetAsync("projects/")).Json).Take(2));
    }

    [Fact]
    public async Task W33_Absent_malformed_and_invisible_projects_are_404()
    {
        var id = await _client.ProjectAsync();
        WebOdmUsers.Add(_node, "petra");
        using var other = await WebOdmClient.LogInAsync(_node, "petra", "petra");

        Assert.Equal(200, (await _client.GetAsync($"projects/{id}/")).Status);
        foreach (var path in (string[])["projects/99999/", "projects/x/", "projects/-1/", "projects/1.0/"])
        {
            Assert.Equal((404, NotFound), (await _client.GetAsync(path)).Both);
        }

        Assert.Equal((404, NotFound), (await other.GetAsync($"projects/{id}/")).Both);
        Assert.Equal((404, NotFound), (await other.GetAsync($"projects/{id}/tasks/")).Both);
        Assert.Equal((404, NotFound), (await other.DeleteAsync($"projects/{id}/")).Both);
        Assert.Equal("[]", (await other.GetAsync("projects/")).Text);
    }

    [Fact]
    public async Task W34_Name_and_description_change_and_nothing_else()
    {
        var id = await _client.ProjectAsync();
        var changed = await _client.PatchAsync($"projects/{id}/", WebOdmClient.Json("""{"name":"new","description":"text","owner":99,"id":5}"""));

        Assert.Equal(200, changed.Status);
        Assert.Equal((id, "new", "text"), (changed.Json.GetProperty("id").GetInt64(), changed.Json.GetProperty("name").GetString()!, changed.Json.GetProperty("description").GetString()!));
        Assert.Equal(4, changed.Json.GetProperty("permissions").GetArrayLength());
        Assert.Equal((400, """{"description":["This field may not be null."]}"""), (await _client.PatchAsync($"projects/{id}/", WebOdmClient.Json("""{"description":null}"""))).Both);
        Assert.Equal((400, """{"name":["This field is required."]}"""), (await _client.SendAsync("PUT", $"projects/{id}/", WebOdmClient.Form(("description", "x")))).Both);
    }

    [Fact]
    public async Task W35_An_empty_project_goes_at_once()
    {
        var id = await _client.ProjectAsync();
        var answer = await _client.DeleteAsync($"projects/{id}/");

        Assert.Equal((204, string.Empty), answer.Both);
        Assert.Null(answer.Header("Content-Type"));
        Assert.Equal((404, NotFound), (await _client.GetAsync($"projects/{id}/")).Both);
    }

    [Fact]
    public async Task W36_W37_A_project_takes_its_tasks_with_it()
    {
        var id = await _client.ProjectAsync();
        var task = await _client.TaskAsync(id, "burn60");
        var number = long.Parse(task.TrimEnd('/').Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var uuid = (await _client.WaitForAsync(task, 20)).GetProperty("uuid").GetString()!;
        var process = await _node.ProcessAsync(uuid);
        Assert.Equal($"[{number}]", (await _client.ReadAsync($"projects/{id}/")).GetProperty("tasks").GetRawText());

        Assert.Equal(204, (await _client.DeleteAsync($"projects/{id}/")).Status);
        Assert.Equal((404, NotFound), (await _client.GetAsync($"projects/{id}/")).Both);
        Assert.Equal((404, NotFound), (await _client.GetAsync(task)).Both);
        await NodeCalls.UntilAsync(() => !Directory.Exists($"/proc/{process}") && !Directory.Exists(_node.PathOf(uuid)));
        await NodeCalls.UntilAsync(() => !Directory.Exists(Path.Combine(_node.Data, "webodm", "tasks", $"{number}")));
    }

    private static IEnumerable<string> Names(JsonElement projects) => projects.EnumerateArray().Select(project => project.GetProperty("name").GetString()!);

    private static IEnumerable<long> Ids(JsonElement projects) => projects.EnumerateArray().Select(project => project.GetProperty("id").GetInt64());
}
