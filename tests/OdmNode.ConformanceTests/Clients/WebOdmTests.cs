using System.Text;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.Clients;

/// <summary>The node tests of WebODM, which talks through PyODM.</summary>
public sealed class WebOdmTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly PyOdmClient _client = new(shared.Node);

    [Fact]
    public async Task N192_The_node_test_sequence()
    {
        var info = await _client.InfoAsync();
        Assert.InRange(info.GetProperty("engineVersion").GetString()!.Length, 1, 32);
        Assert.True((await _client.GetAsync("/options")).GetArrayLength() > 0);
        var photos = Enumerable.Range(1, 5).Select(number => ($"photo_{number}.jpg", Encoding.ASCII.GetBytes($"{number}"))).ToArray();
        var uuid = await _client.CreateTaskAsync(photos, [("name", "test"), ("options", """[{"name": "mesh-size", "value": "2000"}, {"name": "no-such-option", "value": 5}]""")]);
        Assert.Equal(["mesh-size=2000", "pc-ept=true", "cog=true", "gltf=true"], (await _client.WaitForCompletionAsync(uuid)).Options());
        Assert.True((await _client.GetAsync($"/task/{uuid}/output?line=0")).GetArrayLength() > 0);

        Assert.True(await _client.ActAsync("restart", uuid, """[{"name": "mesh-size", "value": 12345}, {"name": "invalid", "value": true}]"""));
        var restarted = await _client.WaitForCompletionAsync(uuid);
        Assert.Equal(["mesh-size=12345", "pc-ept=true", "cog=true", "gltf=true"], restarted.Options());
        foreach (var action in (string[])["restart", "cancel", "remove"])
        {
            await Assert.ThrowsAsync<NodeRefusalException>(() => _client.ActAsync(action, "wrong-uuid"));
        }

        Assert.True(await _client.ActAsync("cancel", uuid));
        Assert.True(await _client.ActAsync("remove", uuid));
        await Assert.ThrowsAsync<NodeRefusalException>(() => _client.ActAsync("remove", uuid));
    }

    [Fact]
    public async Task N192_Polling_counts_the_newlines_of_what_it_has()
    {
        var uuid = await _client.CreateTaskAsync([("a.jpg", [1])], [("name", ""), ("options", """[{"name": "primary-band", "value": "lines100,sleep0.3,lines100"}]""")]);
        var console = string.Empty;
        for (var code = 0; code < 30;)
        {
            var known = console.Count(character => character == '\n');
            var info = await _client.TaskInfoAsync(uuid, $"?with_output={known}");
            code = info.Code();
            console += string.Concat(info.GetProperty("output").EnumerateArray().Select(line => line.GetString() + "\n"));
            await _client.InfoAsync();
        }

        Assert.Equal(await shared.Node.OutputAsync(uuid), console.TrimEnd('\n').Split('\n'));
    }
}
