using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OdmNode.Api.Http;
using OdmNode.Api.Web;
using OdmNode.Testing.Files;

namespace OdmNode.UnitTests.Api;

/// <summary>Serves a made-up page over a real socket.</summary>
public sealed class WebPageTests : IAsyncLifetime
{
    private const string Page = "<!doctype html><title>page</title>";

    private readonly TemporaryFolder _folder = new();
    private WebApplication _application = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        _application = builder.Build();
        _application.UseNodeFrontDoor();
        _application.UseRouting();
        _application.MapWebPage(_folder.Root);
        await _application.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_application.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _application.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_page_may_be_kept_but_is_asked_for_again()
    {
        Build();
        using var answer = await _http.GetAsync("/");

        Assert.Equal(Page, await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=0", answer.Headers.CacheControl!.ToString());
        Assert.Equal("bytes", answer.Headers.AcceptRanges.ToString());
        Assert.NotNull(answer.Content.Headers.LastModified);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var second = await _http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task The_page_may_load_and_call_nothing_but_this_node()
    {
        Build();
        using var answer = await _http.GetAsync("/");
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split("; ");

        Assert.Contains("default-src 'none'", policy);
        Assert.All(policy, directive => Assert.Matches("^[a-z-]+ '(none|self)'$", directive));
    }

    [Theory]
    [InlineData("/assets/index-abc123.js", "text/javascript; charset=utf-8")]
    [InlineData("/assets/index-abc123.css", "text/css; charset=utf-8")]
    public async Task Assets_with_a_hash_in_their_name_are_kept_for_good(string path, string type)
    {
        Build();
        using var answer = await _http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/favicon.svg")]
    [InlineData("/assets/index-abc123.js")]
    public async Task Head_equals_get_without_body(string path)
    {
        Build();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await _http.SendAsync(request);
        using var get = await _http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_range_of_an_asset_is_served()
    {
        Build();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-abc123.js");
        request.Headers.Range = new(0, 5);
        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal("export", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/assets/nothing.js")]
    [InlineData("/assets/")]
    [InlineData("/assets/%2e%2e%2findex.html")]
    [InlineData("/assets/..%5cindex.html")]
    [InlineData("/assets/deeper/index.js")]
    [InlineData("/index.html")]
    public async Task Nothing_else_of_the_folder_is_served(string path)
    {
        Build();
        using var answer = await _http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("<pre>Cannot GET", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_built_page_a_plain_one_says_so()
    {
        using var answer = await _http.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("make build", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private void Build()
    {
        Directory.CreateDirectory(_folder.PathOf("assets", "deeper"));
        File.WriteAllText(_folder.PathOf("index.html"), Page);
        File.WriteAllText(_folder.PathOf("favicon.svg"), "<svg/>");
        File.WriteAllText(_folder.PathOf("assets", "index-abc123.js"), "export {};");
        File.WriteAllText(_folder.PathOf("assets", "index-abc123.css"), "body {}");
        File.WriteAllText(_folder.PathOf("assets", "deeper", "index.js"), "export {};");
    }
}
