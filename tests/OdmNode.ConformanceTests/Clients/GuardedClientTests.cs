using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.Clients;

/// <summary>Clients of a node with a token.</summary>
public sealed class GuardedClientTests(GuardedClientTests.GuardedNode shared) : IClassFixture<GuardedClientTests.GuardedNode>
{
    private static readonly (string Name, byte[] Content)[] Photos = [("a.jpg", [1]), ("b.jpg", [2])];

    [Fact]
    public async Task N187_With_the_token_everything_works_and_with_another_nothing()
    {
        var client = new PyOdmClient(shared.Node, "test_token");
        var stranger = new PyOdmClient(shared.Node, "invalid");
        var uuid = await client.CreateTaskAsync(Photos, [("name", ""), ("options", "[]")]);
        await client.WaitForCompletionAsync(uuid);
        Assert.NotEmpty((await client.DownloadZipAsync(uuid)).Bytes);
        Assert.True(await client.ActAsync("restart", uuid));
        await client.WaitForCompletionAsync(uuid);

        foreach (var call in (Func<Task>[])
        [
            () => stranger.InfoAsync(), () => stranger.GetAsync("/options"), () => stranger.TaskInfoAsync(uuid), () => stranger.GetAsync($"/task/{uuid}/output?line=0"),
            () => stranger.GetAsync($"/task/{uuid}/download/all.zip"), () => stranger.ActAsync("cancel", uuid), () => stranger.ActAsync("remove", uuid),
            () => stranger.ActAsync("restart", uuid), () => stranger.CreateTaskAsync(Photos, [("name", ""), ("options", "[]")]),
        ])
        {
            Assert.Equal("Invalid authentication token: token does not match.", (await Assert.ThrowsAsync<NodeRefusalException>(call)).Message);
        }

        Assert.True(await client.ActAsync("remove", uuid));
    }

    [Fact]
    public async Task N189_A_client_without_token_is_told_that_there_is_no_login()
    {
        var client = new CloudOdmClient(shared.Node);

        Assert.StartsWith("Invalid authentication token", (await client.GetAsync("/info")).Json.Error(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await client.GetAsync("/auth/info")).Json.GetProperty("loginUrl").ValueKind);
    }

    /// <summary>A daemon started as WebODM's tests start theirs.</summary>
    public sealed class GuardedNode() : SharedNode("--token", "test_token");
}
