using System.Net;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class GeneralTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly NodeProcess _node = shared.Node;

    [Fact]
    public async Task N01_N02_N03_Application_errors_are_json_with_status_200()
    {
        var answer = await RawConnection.ExchangeAsync(_node, "GET /task/wrong/info HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.Equal("HTTP/1.1 200 OK", answer.StatusLine);
        Assert.Equal("application/json; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal("27", answer.Header("Content-Length"));
        Assert.Equal("""{"error":"wrong not found"}""", answer.Text);
    }

    [Theory]
    [InlineData("GET", "/nope")]
    [InlineData("POST", "/info")]
    [InlineData("GET", "/task/new")]
    [InlineData("DELETE", "/task/list")]
    [InlineData("GET", "/task/cancel")]
    [InlineData("GET", "/task/x/download")]
    public async Task N04_N05_N07_Unknown_routes_and_wrong_methods_are_a_404_page(string method, string path)
    {
        var answer = await RawConnection.ExchangeAsync(_node, $"{method} {path} HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.Equal("HTTP/1.1 404 Not Found", answer.StatusLine);
        Assert.Equal("text/html; charset=utf-8", answer.Header("Content-Type"));
        Assert.Equal("default-src 'none'", answer.Header("Content-Security-Policy"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Contains("<title>Error</title>", answer.Text, StringComparison.Ordinal);
        Assert.Contains($"<pre>Cannot {method} {path}</pre>", answer.Text, StringComparison.Ordinal);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Null(answer.Header("Allow"));
    }

    [Theory]
    [InlineData("/INFO")]
    [InlineData("/info/")]
    [InlineData("/Info/?token=")]
    [InlineData("/info?token=anything")]
    public async Task N06_N21_Routes_ignore_case_and_a_trailing_slash_and_any_token_is_accepted(string path) =>
        Assert.Equal("2.2.4", (await _node.GetAsync(path)).GetProperty("version").GetString());

    [Fact]
    public async Task N07_Answers_of_every_kind_allow_all_origins()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        var archive = $"GET /task/{uuid}/download/all.zip HTTP/1.1\r\nHost: x\r\n";
        var tag = (await RawConnection.ExchangeAsync(_node, "GET /options HTTP/1.1\r\nHost: x\r\n\r\n")).Header("ETag");
        var heads = new (string Head, int Code)[]
        {
            ("GET /info HTTP/1.1\r\nHost: x\r\n\r\n", 200),
            ("GET /info?_debugUnauthorized=1 HTTP/1.1\r\nHost: x\r\n\r\n", 401),
            ($"GET /options HTTP/1.1\r\nHost: x\r\nIf-None-Match: {tag}\r\n\r\n", 304),
            (archive + "\r\n", 200),
            (archive + "Range: bytes=0-9\r\n\r\n", 206),
            (archive + "Range: bytes=99999999-\r\n\r\n", 416),
            ("OPTIONS /nope HTTP/1.1\r\nHost: x\r\n\r\n", 204),
            ("POST /task/cancel HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", 200),
        };
        foreach (var (head, code) in heads)
        {
            var answer = await RawConnection.ExchangeAsync(_node, head);
            Assert.Equal(code, answer.Code);
            Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        }
    }

    [Theory]
    [InlineData("/task/new")]
    [InlineData("/no/such/route")]
    public async Task N08_A_preflight_names_the_methods_and_echoes_the_requested_headers(string path)
    {
        var answer = await RawConnection.ExchangeAsync(
            _node, $"OPTIONS {path} HTTP/1.1\r\nHost: x\r\nOrigin: http://a\r\nAccess-Control-Request-Headers: set-uuid, x-other\r\n\r\n");

        Assert.Equal("HTTP/1.1 204 No Content", answer.StatusLine);
        Assert.Equal("GET,HEAD,PUT,PATCH,POST,DELETE", answer.Header("Access-Control-Allow-Methods"));
        Assert.Equal("set-uuid, x-other", answer.Header("Access-Control-Allow-Headers"));
        Assert.Equal("Access-Control-Request-Headers", answer.Header("Vary"));
        Assert.Null(answer.Header("Access-Control-Allow-Credentials"));
        var plain = await RawConnection.ExchangeAsync(_node, $"OPTIONS {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Null(plain.Header("Access-Control-Allow-Headers"));
        Assert.Null(plain.Header("Vary"));
    }

    [Fact]
    public async Task N09_Head_equals_get_without_body()
    {
        var uuid = await _node.CreateAsync();
        await _node.WaitForEndAsync(uuid);
        foreach (var path in (string[])["/info", "/options", $"/task/{uuid}/info", $"/task/{uuid}/download/all.zip"])
        {
            // Both on one connection: a body that belongs to HEAD would be read as the beginning of the next answer.
            using var connection = await RawConnection.OpenAsync(_node);
            await connection.SendAsync($"HEAD {path} HTTP/1.1\r\nHost: x\r\n\r\nGET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
            var head = await connection.ReadAsync(isHead: true);
            var full = await connection.ReadAsync();

            Assert.Equal(200, head.Code);
            Assert.Equal(full.Header("Content-Type"), head.Header("Content-Type"));
            Assert.Equal(full.Header("Content-Length"), head.Header("Content-Length"));
            Assert.Equal(full.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), full.Header("Content-Length"));
        }
    }

    [Fact]
    public async Task N10_The_tag_of_an_answer_gives_304()
    {
        var first = await RawConnection.ExchangeAsync(_node, "GET /options HTTP/1.1\r\nHost: x\r\n\r\n");
        var tag = first.Header("ETag")!;
        var second = await RawConnection.ExchangeAsync(_node, $"GET /options HTTP/1.1\r\nHost: x\r\nIf-None-Match: {tag}\r\n\r\n");
        var other = await RawConnection.ExchangeAsync(_node, "GET /options HTTP/1.1\r\nHost: x\r\nIf-None-Match: W/\"1-x\"\r\n\r\n");

        Assert.StartsWith("W/\"", tag, StringComparison.Ordinal);
        Assert.Equal(304, second.Code);
        Assert.Equal(tag, second.Header("ETag"));
        Assert.Equal(first.Body, other.Body);
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
        Assert.Equal(
            """{"message":"Authentication not available on this node","loginUrl":null,"registerUrl":null}""",
            (await _node.GetAsync("/auth/info")).GetRawText());
        using var credentials = new StringContent("""{"username":"a","password":"b"}""");
        Assert.Equal("""{"error":"Not available"}""", (await _node.PostAsync("/auth/login", credentials)).GetRawText());
        Assert.Equal("""{"error":"Not available"}""", (await _node.PostAsync("/auth/register")).GetRawText());
    }

    [Fact]
    public async Task N30_N31_N32_N34_Info_has_nine_keys_of_the_stated_types()
    {
        var info = await _node.GetAsync("/info");

        // Extra keys are tolerated by every client; these nine must come first and as they are.
        Assert.Equal(
            [
                "version:String", "taskQueueCount:Number", "totalMemory:Number", "availableMemory:Number", "cpuCores:Number",
                "maxImages:Null", "maxParallelTasks:Number", "engineVersion:String", "engine:String",
            ],
            info.EnumerateObject().Take(9).Select(property => $"{property.Name}:{property.Value.ValueKind}"));
        Assert.Equal("2.2.4", info.GetProperty("version").GetString());
        Assert.Equal(4, info.GetProperty("maxParallelTasks").GetInt32());
        Assert.True(info.GetProperty("totalMemory").GetInt64() >= info.GetProperty("availableMemory").GetInt64());
        Assert.Equal(Environment.ProcessorCount, info.GetProperty("cpuCores").GetInt32());
        Assert.InRange(info.GetProperty("engineVersion").GetString()!.Length, 1, 32);
    }

    [Fact]
    public async Task N36_The_debug_probe_is_401_with_empty_body()
    {
        var answer = await RawConnection.ExchangeAsync(_node, "GET /info?_debugUnauthorized=1 HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.Equal("HTTP/1.1 401 unauthorized", answer.StatusLine);
        Assert.Empty(answer.Body);
        Assert.Equal(JsonValueKind.Object, (await _node.GetAsync("/info?_debugUnauthorized=")).ValueKind);
    }
}
