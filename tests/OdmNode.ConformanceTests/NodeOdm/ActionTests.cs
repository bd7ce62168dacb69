using System.Net.Http.Headers;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

/// <summary>What cancel, remove and restart have in common.</summary>
public sealed class ActionTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N127_Bodies_may_be_urlencoded_or_json()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        Assert.Equal("""{"success":true}""", (await JsonAsync("restart", $$"""{"uuid":"{{uuid}}","options":[{"name":"dsm","value":true}]}""")).GetRawText());
        Assert.Equal(["dsm=true"], (await _node.WaitForEndAsync(uuid)).Options());
        Assert.Equal("""{"success":true}""", (await JsonAsync("restart", $$"""{"uuid":"{{uuid}}","options":"[{\"name\":\"dtm\",\"value\":\"1\"}]"}""")).GetRawText());
        Assert.Equal(["dtm=true"], (await _node.WaitForEndAsync(uuid)).Options());

        await _node.SucceedAsync("restart", uuid, """[{"name":"crop","value":"1.5"}]""");
        Assert.Equal(["crop=1.5"], (await _node.WaitForEndAsync(uuid)).Options());
        Assert.Equal("""{"success":true}""", (await JsonAsync("cancel", $$"""{"uuid":"{{uuid}}"}""")).GetRawText());
        Assert.Equal("""{"success":true}""", (await JsonAsync("remove", $$"""{"uuid":"{{uuid}}"}""")).GetRawText());
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("remove")]
    [InlineData("restart")]
    public async Task N128_A_missing_id_is_named_so(string action)
    {
        const string missing = """{"error":"uuid param missing."}""";
        var path = $"/task/{action}";
        using var multipart = new MultipartFormDataContent { { new StringContent("x"), "uuid" } };
        using var other = new FormUrlEncodedContent(new Dictionary<string, string> { ["id"] = "x" });
        using var empty = new FormUrlEncodedContent(new Dictionary<string, string> { ["uuid"] = "" });

        Assert.Equal(missing, (await _node.PostAsync(path)).GetRawText());
        Assert.Equal(missing, (await _node.PostAsync(path, new StringContent("uuid=x"))).GetRawText());
        Assert.Equal(missing, (await _node.PostAsync(path, multipart)).GetRawText());
        Assert.Equal(missing, (await _node.PostAsync(path, other)).GetRawText());
        Assert.Equal(missing, (await _node.PostAsync(path, empty)).GetRawText());
        Assert.Equal(missing, (await JsonAsync(action, "{}")).GetRawText());
        Assert.Equal(missing, (await JsonAsync(action, "")).GetRawText());
        Assert.Equal(missing, (await JsonAsync(action, """{"uuid":""}""")).GetRawText());
        var error = await JsonAsync(action, "{");
        Assert.NotEmpty(error.Error());
        Assert.False(error.TryGetProperty("success", out _));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("remove")]
    [InlineData("restart")]
    public async Task N129_An_unknown_id_is_not_found(string action)
    {
        Assert.Equal("""{"success":false,"error":"wrong not found"}""", (await _node.ActAsync(action, "wrong")).GetRawText());
        Assert.Equal("""{"success":false,"error":"wrong not found"}""", (await JsonAsync(action, """{"uuid":"wrong"}""")).GetRawText());
    }

    [Fact]
    public async Task N144_Options_are_checked_before_the_id() => Assert.Equal(
        """{"error":"[{\"name\":\"dsm\",\"error\":\"Cannot convert maybe to boolean\"}]"}""",
        (await _node.ActAsync("restart", "wrong", """[{"name":"dsm","value":"maybe"}]""")).GetRawText());

    [Fact]
    public async Task N18_A_restart_takes_options_as_large_as_a_creation()
    {
        var cameras = JsonSerializer.Serialize(new string('x', 1_000_000));
        var options = JsonSerializer.Serialize(new[] { new { name = "cameras", value = cameras } });
        var uuid = await _node.CreateWithAsync(("options", options), ("skipPostProcessing", "true"));
        await _node.WaitForEndAsync(uuid);
        var created = (await _node.InfoAsync(uuid)).GetProperty("options").GetRawText();
        await _node.SucceedAsync("restart", uuid, options);
        await _node.WaitForEndAsync(uuid);

        Assert.Contains(cameras, (await _node.InfoAsync(uuid)).GetProperty("options")[0].GetProperty("value").GetString(), StringComparison.Ordinal);
        Assert.Equal(created, (await _node.InfoAsync(uuid)).GetProperty("options").GetRawText());
    }

    private Task<JsonElement> JsonAsync(string action, string body) =>
        _node.PostAsync($"/task/{action}", new StringContent(body, MediaTypeHeaderValue.Parse("application/json")));
}
