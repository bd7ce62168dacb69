using System.Net;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class GeneralTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N01_N02_N03_Application_errors_are_json_with_status_200()
    {
        using var answer = await _node.Http.GetAsync("/task/wrong/info");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("""{"error":"wrong not found"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(27, answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("GET", "/nope")]
    [InlineData("POST", "/info")]
    [InlineData("GET", "/task/new")]
    [InlineData("GET", "/task/x/download")]
    public async Task N04_N05_N07_Unknown_routes_and_wrong_methods_are_a_404_page(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await _node.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains($"<pre>Cannot {method} {path}</pre>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Theory]
    [InlineData("/INFO")]
    [InlineData("/info/")]
    [InlineData("/Info/?token=")]
    public async Task N06_N21_Routes_ignore_case_and_a_trailing_slash_and_any_token_is_accepted(string path) =>
        Assert.Equal("2.2.4", (await _node.GetAsync(path)).GetProperty("version").GetString());

    [Fact]
    public async Task N08_A_preflight_echoes_the_requested_headers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/task/new");
        request.Headers.Add("Access-Control-Request-Headers", "set-uuid");
        using var answer = await _node.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("GET,HEAD,PUT,PATCH,POST,DELETE", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Methods")));
        Assert.Equal("set-uuid", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Headers")));
        Assert.Equal("Access-Control-Request-Headers", Assert.Single(answer.Headers.GetValues("Vary")));
    }

    [Fact]
    public async Task N09_Head_equals_get_without_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/options");
        using var answer = await _node.Http.SendAsync(request);
        using var full = await _node.Http.GetAsync("/options");

        Assert.Equal(full.Content.Headers.ContentLength, answer.Content.Headers.ContentLength);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task N10_The_tag_of_an_answer_gives_304()
    {
        using var first = await _node.Http.GetAsync("/options");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/options");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _node.Http.SendAsync(request);

        Assert.True(first.Headers.ETag!.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task N11_A_foreign_host_header_is_served()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/info");
        request.Headers.Host = "proxy.example:8000";
        using var answer = await _node.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task N28_N29_Login_is_not_available()
    {
        using var info = await _node.Http.GetAsync("/auth/info");

        Assert.Equal(
            """{"message":"Authentication not available on this node","loginUrl":null,"registerUrl":null}""",
            await info.Content.ReadAsStringAsync());
        Assert.Equal("Not available", (await _node.PostAsync("/auth/login")).Error());
        Assert.Equal("Not available", (await _node.PostAsync("/auth/register")).Error());
    }

    [Fact]
    public async Task N30_N31_N32_N34_Info_has_nine_keys()
    {
        var info = await _node.GetAsync("/info");

        Assert.Equal(
            ["version", "taskQueueCount", "totalMemory", "availableMemory", "cpuCores", "maxImages", "maxParallelTasks", "engineVersion", "engine"],
            info.EnumerateObject().Select(property => property.Name));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, info.GetProperty("maxImages").ValueKind);
        Assert.Equal(4, info.GetProperty("maxParallelTasks").GetInt32());
        Assert.True(info.GetProperty("totalMemory").GetInt64() >= info.GetProperty("availableMemory").GetInt64());
    }

    [Fact]
    public async Task N36_The_debug_probe_is_401_with_empty_body()
    {
        using var answer = await _node.Http.GetAsync("/info?_debugUnauthorized=1");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task N37_to_N43_Options_have_exactly_five_keys_and_text_defaults()
    {
        var options = (await _node.GetAsync("/options")).EnumerateArray().ToList();

        Assert.Equal(82, options.Count);
        Assert.All(options, option =>
        {
            Assert.Equal(["name", "type", "value", "domain", "help"], option.EnumerateObject().Select(property => property.Name));
            Assert.Equal(System.Text.Json.JsonValueKind.String, option.GetProperty("value").ValueKind);
            Assert.Contains(option.GetProperty("type").GetString(), (string[])["int", "float", "string", "bool", "enum"]);
        });
        var enums = options.Where(option => option.GetProperty("type").GetString() == "enum").ToList();
        Assert.All(enums, option => Assert.Contains(
            option.GetProperty("value").GetString(), option.GetProperty("domain").EnumerateArray().Select(choice => choice.GetString())));
        var rerun = options.Find(option => option.GetProperty("name").GetString() == "rerun-from").GetProperty("domain");
        Assert.Equal("", rerun[0].GetString());
        Assert.Equal("dataset", rerun[1].GetString());
        Assert.DoesNotContain(options, option => option.GetProperty("name").GetString() is "project-path" or "gcp" or "images");
    }
}
