using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.NodeOdm;

public sealed class PageTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync(_folder.Root, "--token", "secret");

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task N19_N25_The_page_is_html_and_needs_no_token()
    {
        using var answer = await _node.Http.GetAsync("/");

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("OdmNode", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task N20_N25_The_description_is_json_and_needs_no_token() =>
        Assert.Equal("2.0", (await _node.GetAsync("/swagger.json")).GetProperty("swagger").GetString());
}
