using System.Net.Http.Headers;
using System.Text;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class ConventionTests(WebOdmNode shared) : IClassFixture<WebOdmNode>, IAsyncLifetime
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
    public async Task W01_W02_Answers_are_utf8_json_with_dates_of_six_digits()
    {
        var answer = await _client.PostAsync("projects/", WebOdmClient.Form(("name", "Müller & Söhne <äöü> 測量")));

        Assert.Equal("application/json; charset=utf-8", answer.Header("Content-Type"));
        Assert.Contains("\"name\":\"Müller & Söhne <äöü> 測量\"", answer.Text, StringComparison.Ordinal);
        Assert.Matches("\"created_at\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z\"", answer.Text);
    }

    [Fact]
    public async Task W03_A_final_slash_changes_nothing()
    {
        foreach (var path in (string[])["projects", "processingnodes", "processingnodes/1", "processingnodes/options"])
        {
            var (without, with) = (await _client.GetAsync(path), await _client.GetAsync(path + "/"));
            Assert.Equal(200, without.Status);
            Assert.Equal(with.Status, without.Status);
        }

        Assert.Equal(201, (await _client.PostAsync("projects", WebOdmClient.Form(("name", "x")))).Status);
        Assert.Equal(200, (await _client.PostAsync("token-auth", WebOdmClient.Form(("username", "admin"), ("password", "admin")))).Status);
    }

    [Theory]
    [InlineData("nope/")]
    [InlineData("projects/1/nope/")]
    [InlineData("info")]
    public async Task W04_An_unknown_path_is_404_json(string path) => Assert.Equal((404, NotFound), (await _client.GetAsync(path)).Both);

    [Fact]
    public async Task W05_A_wrong_verb_is_405_with_the_right_ones()
    {
        var answer = await _client.DeleteAsync("projects/");
        Assert.Equal((405, """{"detail":"Method \"DELETE\" not allowed."}"""), answer.Both);
        Assert.Contains("POST", answer.Header("Allow"), StringComparison.Ordinal);
        Assert.Equal((405, """{"detail":"Method \"GET\" not allowed."}"""), (await _client.GetAsync("token-auth/")).Both);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"name":}""")]
    public async Task W06_A_malformed_json_body_is_400(string body)
    {
        var answer = await _client.PostAsync("projects/", WebOdmClient.Json(body));
        Assert.Equal(400, answer.Status);
        Assert.StartsWith("JSON parse error", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task W07_An_unsupported_body_type_is_415()
    {
        using var content = new StringContent("name=x", new MediaTypeHeaderValue("text/plain"));
        Assert.Equal((415, """{"detail":"Unsupported media type \"text/plain\" in request."}"""), (await _client.PostAsync("projects/", content)).Both);
    }

    [Fact]
    public async Task W08_Unknown_and_wrongly_cased_fields_are_ignored()
    {
        Assert.Equal(400, (await _client.PostAsync("projects/", WebOdmClient.Form(("Name", "x")))).Status);
        var answer = await _client.PostAsync("projects/", WebOdmClient.Json("""{"name":"x","NAME":"y","id":77,"owner":9,"colour":"red"}"""));
        Assert.Equal(201, answer.Status);
        Assert.Equal("x", answer.Json.GetProperty("name").GetString());
        Assert.NotEqual(77, answer.Json.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task W09_Nothing_is_answered_with_401()
    {
        using var nobody = WebOdmClient.Anonymous(_node);
        foreach (var (name, value) in ((string, string)[])[("X-None", "1"), ("Authorization", "JWT x"), ("Authorization", "Basic x"), ("Authorization", "Digest x")])
        {
            var answer = await nobody.SendAsync("GET", "projects/", null, (name, value));
            Assert.Equal(403, answer.Status);
            Assert.Null(answer.Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task W10_Head_equals_get_without_body()
    {
        var task = await _client.TaskAsync();
        await _client.WaitForAsync(task, 40);
        foreach (var path in (string[])[task, task + "download/orthophoto.tif", task + "assets/cameras.json", "projects/", task + "download/nope.tif"])
        {
            var (head, get) = (await _client.SendAsync("HEAD", path), await _client.GetAsync(path));
            Assert.Equal(get.Status, head.Status);
            Assert.Equal(get.Header("Content-Length"), head.Header("Content-Length"));
            Assert.Equal(get.Header("Content-Type"), head.Header("Content-Type"));
            Assert.Empty(head.Text);
        }
    }

    [Fact]
    public async Task W11_Every_origin_is_echoed_and_a_preflight_passes_without_credentials()
    {
        const string origin = "https://maps.example";
        using var nobody = WebOdmClient.Anonymous(_node);
        foreach (var client in (WebOdmClient[])[nobody, _client])
        {
            var answer = await client.SendAsync("GET", "projects/", null, ("Origin", origin));
            Assert.Equal(origin, answer.Header("Access-Control-Allow-Origin"));
            Assert.Equal("true", answer.Header("Access-Control-Allow-Credentials"));
            Assert.Equal("Origin", answer.Header("Vary"));
        }

        var preflight = await nobody.SendAsync(
            "OPTIONS", "projects/1/tasks/1/", null, ("Origin", origin), ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "authorization"));
        Assert.Equal(200, preflight.Status);
        Assert.Contains("PATCH", preflight.Header("Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("authorization", preflight.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.Equal(origin, preflight.Header("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("*/*")]
    public async Task W12_Whatever_is_accepted_the_answer_is_json(string accept) =>
        Assert.Equal("application/json; charset=utf-8", (await _client.SendAsync("GET", "projects/", null, ("Accept", accept))).Header("Content-Type"));

    [Fact]
    public async Task The_two_faces_do_not_meet()
    {
        using var answer = await _node.Http.GetAsync("/nope");
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(200, (int)(await _node.Http.GetAsync("/info")).StatusCode);
        Assert.Equal((404, NotFound), (await _client.GetAsync("task/list")).Both);
    }

    [Fact]
    public async Task A_form_that_breaks_off_is_told_as_a_parse_error()
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nx"));
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        var answer = await _client.PostAsync("projects/", content);
        Assert.Equal(400, answer.Status);
        Assert.StartsWith("Multipart form parse error", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
