using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class TokenTests(TokenTests.GuardedNode shared) : IClassFixture<TokenTests.GuardedNode>
{
    private const string Refusal = """{"error":"Invalid authentication token: token does not match."}""";
    private const string Id = "11111111-2222-4333-8444-555555555555";

    private readonly NodeProcess _node = shared.Node;

    public static TheoryData<string, string> ProtectedRoutes => new()
    {
        { "GET", "/info" }, { "GET", "/options" }, { "GET", "/task/list" }, { "GET", $"/task/{Id}/info" },
        { "GET", $"/task/{Id}/output" }, { "GET", $"/task/{Id}/download/all.zip" }, { "POST", "/task/new" }, { "POST", "/task/new/init" },
        { "POST", $"/task/new/upload/{Id}" }, { "POST", $"/task/new/commit/{Id}" }, { "POST", "/task/cancel" }, { "POST", "/task/remove" },
        { "POST", "/task/restart" },
    };

    [Theory]
    [MemberData(nameof(ProtectedRoutes))]
    public async Task N22_N23_N24_Only_the_query_parameter_counts_and_only_once(string method, string path)
    {
        foreach (var query in (string[])["", "?token=", "?token=wrong", "?token=S3CRET", "?Token2=s3cret", "?token=s3cret&token=s3cret"])
        {
            Assert.Equal(Refusal, (await AskAsync(method, path + query)).Text);
        }

        Assert.Equal(Refusal, (await AskAsync(method, path, "token: s3cret\r\nAuthorization: Bearer s3cret\r\nX-Token: s3cret\r\n")).Text);
        var accepted = await AskAsync(method, path + "?token=s3cret");
        Assert.Equal(200, accepted.Code);
        Assert.NotEqual(Refusal, accepted.Text);
    }

    [Fact]
    public async Task N24_A_token_in_the_body_does_not_count()
    {
        using var body = new FormUrlEncodedContent(new Dictionary<string, string> { ["uuid"] = "x", ["token"] = "s3cret" });
        Assert.Equal(Refusal, (await _node.PostAsync("/task/cancel", body)).GetRawText());
        using var form = new MultipartFormDataContent { { new StringContent("s3cret"), "token" } };
        Assert.Equal(Refusal, (await _node.PostAsync("/task/new/init", form)).GetRawText());
    }

    [Fact]
    public async Task N24_A_body_that_cannot_be_read_is_refused_before_the_token_is_looked_at()
    {
        using var broken = new StringContent("{", System.Net.Http.Headers.MediaTypeHeaderValue.Parse("application/json"));

        var error = (await _node.PostAsync("/task/cancel", broken)).Error();
        Assert.DoesNotContain("token does not match", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/auth/info")]
    [InlineData("POST", "/auth/login")]
    [InlineData("POST", "/auth/register")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/swagger.json")]
    [InlineData("GET", "/no/such/route")]
    [InlineData("OPTIONS", "/task/new")]
    public async Task N25_What_is_public_needs_no_token(string method, string path) =>
        Assert.DoesNotContain("token does not match", (await AskAsync(method, path)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task N32_A_limit_of_images_is_a_whole_number() =>
        Assert.Equal("3", (await _node.GetAsync("/info?token=s3cret")).GetProperty("maxImages").GetRawText());

    [Fact]
    public async Task N36_The_debug_probe_comes_after_the_token()
    {
        Assert.Equal(Refusal, (await AskAsync("GET", "/info?_debugUnauthorized=1")).Text);
        Assert.Equal(401, (await AskAsync("GET", "/info?token=s3cret&_debugUnauthorized=1")).Code);
    }

    [Theory]
    [InlineData("/task/new")]
    [InlineData("/task/new/init?token=wrong")]
    [InlineData($"/task/new/upload/{Id}?token=wrong")]
    public async Task N26_A_wrong_token_is_answered_while_the_client_still_sends(string path)
    {
        using var connection = await RawConnection.OpenAsync(_node);
        await connection.SendAsync(
            $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n--b\r\n");

        Assert.Equal(Refusal, (await connection.ReadAsync()).Text);
    }

    [Fact]
    public async Task N73_More_files_than_allowed_are_refused_with_the_exact_text()
    {
        var answer = await _node.PostAsync("/task/new?token=s3cret", NodeCalls.Form("a.jpg", "b.jpg", "c.jpg", "d.txt"));

        Assert.Equal("""{"error":"4 images uploaded, but this node can only process up to 3."}""", answer.GetRawText());
        var three = await _node.PostAsync("/task/new?token=s3cret", NodeCalls.Form("a.jpg", "b.jpg", "c.jpg"));
        Assert.NotEmpty(three.Uuid());
    }

    private Task<RawAnswer> AskAsync(string method, string path, string headers = "") =>
        RawConnection.ExchangeAsync(_node, $"{method} {path} HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: 0\r\n\r\n");

    /// <summary>A daemon with a secret and a limit of images.</summary>
    public sealed class GuardedNode() : SharedNode("--token", "s3cret", "--max-images", "3");
}
