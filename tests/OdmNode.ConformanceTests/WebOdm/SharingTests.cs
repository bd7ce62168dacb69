using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class SharingTests(WebOdmNode shared) : IClassFixture<WebOdmNode>, IAsyncLifetime
{
    private const string Forbidden = """{"detail":"You do not have permission to perform this action."}""";

    private readonly NodeProcess _node = shared.Node;
    private readonly string _guestName = "guest-" + Guid.NewGuid().ToString("N");
    private WebOdmClient _owner = null!;
    private WebOdmClient _guest = null!;
    private string _project = null!;

    public async Task InitializeAsync()
    {
        foreach (var name in (string[])["owner-of-" + _guestName, _guestName])
        {
            WebOdmUsers.Add(_node, name);
        }

        _owner = await WebOdmClient.LogInAsync(_node, "owner-of-" + _guestName, "owner-of-" + _guestName);
        _guest = await WebOdmClient.LogInAsync(_node, _guestName, _guestName);
        _project = $"projects/{await _owner.ProjectAsync()}/";
    }

    public Task DisposeAsync()
    {
        _owner.Dispose();
        _guest.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Rights_are_given_and_taken_away_by_the_owner()
    {
        Assert.Equal(404, (await _guest.GetAsync(_project)).Status);
        await ShareAsync("change");
        Assert.Equal(
            $$"""[{"username":"owner-of-{{_guestName}}","owner":true,"permissions":["add","change","delete","view"]},{"username":"{{_guestName}}","owner":false,"permissions":["change","view"]}]""",
            (await _guest.GetAsync(_project + "permissions/")).Text);
        Assert.Equal(200, (await _guest.PatchAsync(_project, WebOdmClient.Json("""{"description":"ours"}"""))).Status);
        Assert.False((await _guest.ReadAsync(_project)).GetProperty("owned").GetBoolean());

        await ShareAsync("view");
        Assert.Equal((403, Forbidden), (await _guest.PatchAsync(_project, WebOdmClient.Json("""{"name":"mine"}"""))).Both);
        Assert.Equal((403, Forbidden), (await _guest.GetAsync(_project + "permissions/")).Both);

        Assert.Equal(200, (await _owner.PostAsync(_project + "edit/", WebOdmClient.Json("""{"permissions":[]}"""))).Status);
        Assert.Equal(404, (await _guest.GetAsync(_project)).Status);
    }

    [Fact]
    public async Task Who_may_change_a_project_cannot_give_rights_in_it()
    {
        await ShareAsync("change");
        var all = WebOdmClient.Json($$"""{"permissions":[{"username":"{{_guestName}}","permissions":["delete"]}]}""");
        Assert.Equal((403, Forbidden), (await _guest.PostAsync(_project + "edit/", all)).Both);
        Assert.Equal((200, """{"success":true}"""), (await _guest.PostAsync(_project + "edit/", WebOdmClient.Form(("name", "renamed")))).Both);
        Assert.Equal("renamed", (await _owner.ReadAsync(_project)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Who_does_not_own_a_project_leaves_it_instead_of_deleting_it()
    {
        await ShareAsync("delete");
        Assert.Equal(204, (await _guest.DeleteAsync(_project)).Status);
        Assert.Equal(404, (await _guest.GetAsync(_project)).Status);
        Assert.Equal(200, (await _owner.GetAsync(_project)).Status);
    }

    [Fact]
    public async Task What_is_wrong_with_rights_is_told_and_nothing_changes()
    {
        await ShareAsync("view");
        const string shape = """{"permissions":["Expected a list of objects with \"username\" and \"permissions\", a list of view, add, change, delete."]}""";
        foreach (var bad in (string[])["1", "{}", "[1]", "null", "\"x\"", """[{"username":"admin"}]""", """[{"username":"admin","permissions":["own"]}]"""])
        {
            Assert.Equal((400, shape), (await _owner.PostAsync(_project + "edit/", WebOdmClient.Json($$"""{"name":"new","permissions":{{bad}}}"""))).Both);
        }

        Assert.Equal(
            (400, """{"permissions":["There is no user \"nobody\"."]}"""),
            (await _owner.PostAsync(_project + "edit/", WebOdmClient.Json("""{"permissions":[{"username":"nobody","permissions":["view"]}]}"""))).Both);
        Assert.Equal("fields", (await _guest.ReadAsync(_project)).GetProperty("name").GetString());
    }

    private async Task ShareAsync(string right)
    {
        var members = $$"""[{"username":"{{_guestName}}","permissions":["{{right}}"]},{"username":"owner-of-{{_guestName}}","permissions":[]}]""";
        Assert.Equal(200, (await _owner.PostAsync(_project + "edit/", WebOdmClient.Json($$"""{"permissions":{{members}}}"""))).Status);
    }
}
