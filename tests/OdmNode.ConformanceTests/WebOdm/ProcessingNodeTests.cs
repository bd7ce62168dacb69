using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class ProcessingNodeTests(WebOdmNode shared) : IClassFixture<WebOdmNode>, IAsyncLifetime
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
    public async Task W38_W39_W43_The_node_itself_is_number_one_and_online()
    {
        var node = (await _client.GetAsync("processingnodes/1/")).Json;

        Assert.Equal(1, (await _client.GetAsync("processingnodes/")).Json.EnumerateArray().First().GetProperty("id").GetInt32());
        Assert.True(node.GetProperty("online").GetBoolean());
        Assert.Equal(("127.0.0.1", _node.Port), (node.GetProperty("hostname").GetString(), node.GetProperty("port").GetInt32()));
        Assert.Equal("2.2.4", node.GetProperty("api_version").GetString());
        Assert.Equal(JsonValueKind.Number, node.GetProperty("queue_count").ValueKind);
        Assert.Matches("\\.\\d{6}Z$", node.GetProperty("last_refreshed").GetString());
        Assert.Equal(JsonValueKind.Null, node.GetProperty("max_images").ValueKind);
        Assert.Equal("odm", node.GetProperty("engine").GetString());
        Assert.Equal("?", node.GetProperty("engine_version").GetString());
        Assert.Equal($"127.0.0.1:{_node.Port}", node.GetProperty("label").GetString());
        Assert.Equal((404, """{"detail":"Not found."}"""), (await _client.GetAsync("processingnodes/99/")).Both);
    }

    [Fact]
    public async Task W40_Options_are_those_of_the_node()
    {
        var own = (await _client.GetAsync("processingnodes/1/")).Json.GetProperty("available_options");
        using var other = await _node.Http.GetAsync("/options");

        Assert.Equal(own.GetRawText(), (await _client.GetAsync("processingnodes/options/")).Text);
        Assert.Equal(await other.Content.ReadAsStringAsync(), own.GetRawText());
        Assert.All(own.EnumerateArray(), option => Assert.Equal(
            ["domain", "help", "name", "type", "value"], option.EnumerateObject().Select(property => property.Name).Order()));
    }

    [Fact]
    public async Task W41_Nodes_that_were_never_reached_have_no_options()
    {
        var created = await _client.PostAsync("processingnodes/", WebOdmClient.Form(("hostname", "127.0.0.1"), ("port", "9"), ("token", "secret"), ("label", "shed")));
        var id = created.Json.GetProperty("id").GetInt64();

        Assert.Equal(201, created.Status);
        Assert.False(created.Json.GetProperty("online").GetBoolean());
        Assert.Equal("{}", created.Json.GetProperty("available_options").GetRawText());
        Assert.Equal("shed", created.Json.GetProperty("label").GetString());
        Assert.DoesNotContain("secret", created.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(id, Ids((await _client.GetAsync("processingnodes/?has_available_options=true")).Json));
        Assert.Contains(id, Ids((await _client.GetAsync("processingnodes/?has_available_options=false")).Json));
        Assert.DoesNotContain(1, Ids((await _client.GetAsync("processingnodes/?has_available_options=false")).Json));
        Assert.Equal(200, (await _client.PatchAsync($"processingnodes/{id}/", WebOdmClient.Form(("label", "barn")))).Status);
        Assert.Equal(204, (await _client.DeleteAsync($"processingnodes/{id}/")).Status);
        Assert.Equal(404, (await _client.GetAsync($"processingnodes/{id}/")).Status);
        Assert.NotEqual(id, (await _client.PostAsync("processingnodes/", WebOdmClient.Form(("hostname", "127.0.0.1"), ("port", "9")))).Json.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task W42_Only_administrators_change_nodes()
    {
        WebOdmUsers.Add(_node, "norbert");
        using var user = await WebOdmClient.LogInAsync(_node, "norbert", "norbert");
        (int, string) forbidden = (403, """{"detail":"You do not have permission to perform this action."}""");

        Assert.Equal(forbidden, (await user.PostAsync("processingnodes/", WebOdmClient.Form(("hostname", "x"), ("port", "3000")))).Both);
        Assert.Equal(forbidden, (await user.DeleteAsync("processingnodes/1/")).Both);
        Assert.Equal(200, (await user.GetAsync("processingnodes/")).Status);
    }

    [Fact]
    public async Task A_malformed_node_is_explained()
    {
        Assert.Equal(
            (400, """{"hostname":["This field is required."],"port":["This field is required."]}"""), (await _client.PostAsync("processingnodes/", WebOdmClient.Json("{}"))).Both);
        var answer = await _client.PostAsync("processingnodes/", WebOdmClient.Form(("hostname", "http://x/y"), ("port", "70000")));
        Assert.Equal(400, answer.Status);
        Assert.Equal(["hostname", "port"], answer.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal((400, """{"port":["A valid integer is required."]}"""), (await _client.PostAsync("processingnodes/", WebOdmClient.Form(("hostname", "x"), ("port", "24.5")))).Both);
    }

    private static IEnumerable<long> Ids(JsonElement nodes) => nodes.EnumerateArray().Select(node => node.GetProperty("id").GetInt64());
}
