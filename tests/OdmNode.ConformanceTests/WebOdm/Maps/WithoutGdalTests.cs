using OdmNode.ConformanceTests.Nodes;
using OdmNode.Testing.Files;

namespace OdmNode.ConformanceTests.WebOdm.Maps;

/// <summary>A daemon on a machine where GDAL cannot be loaded.</summary>
public sealed class WithoutGdalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_but_tiles_is_served_and_the_reason_is_told()
    {
        // Whatever is asked for by that name is found here first, and is no library.
        var libraries = _folder.PathOf("libraries");
        Directory.CreateDirectory(libraries);
        foreach (var name in (string[])["libgdal.so", "libgdal.so.32", "libgdal.so.34", "libgdal.so.36"])
        {
            await File.WriteAllTextAsync(Path.Combine(libraries, name), "no library");
        }

        await using var node = await NodeProcess.StartInAsync(
            new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = libraries }, _folder.PathOf("data"), "--test", "--webodm-password", "admin");
        using var client = await WebOdmClient.LogInAsync(node);
        var task = await MapNode.FinishedAsync(client, "no maps");
        foreach (var path in (string[])["tiles.json", "orthophoto/tiles.json", "dsm/bounds", "orthophoto/tiles/18/64083/92373.png", "tiles/0/0/0.png"])
        {
            var answer = await client.GetAsync(task + path);
            Assert.Equal(503, answer.Status);
            Assert.StartsWith("GDAL could not be loaded", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        Assert.Single(node.Log, line => line.Contains("cannot be served", StringComparison.Ordinal));
        Assert.Contains(node.Log, line => line.Contains("libgdal32", StringComparison.Ordinal));
        foreach (var asset in (await client.ReadAsync(task)).GetProperty("available_assets").EnumerateArray())
        {
            Assert.Equal(200, (await client.GetAsync($"{task}download/{asset}")).Status);
        }

        Assert.Equal(200, (await client.GetAsync(task + "output/")).Status);
        await client.ActAsync(task, "restart");
        await client.WaitAsync(task, found => found.GetProperty("pending_action").ValueKind == System.Text.Json.JsonValueKind.Null);
        await client.WaitForAsync(task, 40);
        Assert.Equal(200, (int)(await node.Http.GetAsync("/info")).StatusCode);
    }
}
