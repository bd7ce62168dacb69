using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OdmNode.ConformanceTests.Nodes;

namespace OdmNode.ConformanceTests.Clients;

/// <summary>What CloudODM does with a node.</summary>
public sealed class CloudOdmTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly (string Name, byte[] Content)[] Files =
    [
        .. Enumerable.Range(1, 12).Select(number => ($"IMG_{number:00}.JPG", Encoding.UTF8.GetBytes(new string((char)('a' + number), 70_000)))),
        ("gcp_list.txt", "EPSG:32615"u8.ToArray()),
    ];

    private readonly CloudOdmClient _client = new(shared.Node);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task N189_A_folder_is_sent_followed_and_unpacked(bool isChunked)
    {
        AssertGoReads((await _client.GetAsync("/info")).Json, (await _client.GetAsync("/options")).Json);
        const string options = """[{"name":"dsm","value":"true"},{"name":"mesh-size","value":"1000"},{"name":"primary-band","value":"lines40,sleep0.2,error,colour"}]""";
        var uuid = isChunked ? await _client.CreateChunkedAsync(Files, options) : await _client.CreateSingleAsync(Files, options);
        var (code, lines) = await _client.FollowAsync(uuid);

        Assert.Equal(40, code);
        Assert.Equal(await shared.Node.OutputAsync(uuid), lines);
        var info = await shared.Node.InfoAsync(uuid);
        Assert.Equal(["mesh-size=1000", "dsm=true", "primary-band=\"lines40,sleep0.2,error,colour\""], info.Options());
        Assert.StartsWith("Task of ", info.GetProperty("name").GetString(), StringComparison.Ordinal);
        Assert.Equal(12, info.GetProperty("imagesCount").GetInt32());
        foreach (var (name, content) in Files[..12])
        {
            Assert.Equal(content, await File.ReadAllBytesAsync(shared.Node.PathOf(uuid, "images", name)));
        }

        var download = await _client.GetAsync($"/task/{uuid}/download/all.zip");
        Assert.NotEmpty(download.Body);
        using var archive = new ZipArchive(new MemoryStream(download.Body));
        Assert.Contains(archive.Entries, entry => entry.FullName == "task_output.txt");

        // Its unpacking refuses the whole archive when one name would leave the target.
        Assert.All(archive.Entries, entry => Assert.False(entry.FullName.StartsWith('/') || entry.FullName.Split('/').Contains("..")));
    }

    [Fact]
    public async Task N189_An_interrupted_client_cancels()
    {
        var uuid = await _client.CreateSingleAsync(Files[..1], """[{"name":"primary-band","value":"hold"}]""");

        Assert.True(await _client.CancelAsync(uuid));
        Assert.Equal(50, (await _client.FollowAsync(uuid)).Code);
    }

    [Fact]
    public async Task N190_The_unit_tests_of_the_client_pass()
    {
        var info = await _client.GetAsync("/info");
        Assert.Equal(200, info.Code);
        Assert.NotEmpty(info.Json.GetProperty("version").GetString()!);

        Assert.Equal(401, (await _client.GetAsync("/info?_debugUnauthorized=1")).Code);
    }

    /// <summary>What Go decodes into integers and strings must be such.</summary>
    private static void AssertGoReads(JsonElement info, JsonElement options)
    {
        Assert.True(info.GetProperty("maxImages").ValueKind == JsonValueKind.Null || info.GetProperty("maxImages").TryGetInt32(out _));
        Assert.All(options.EnumerateArray(), option =>
        {
            foreach (var key in (string[])["help", "name", "type", "value"])
            {
                Assert.Equal(JsonValueKind.String, option.GetProperty(key).ValueKind);
            }

            Assert.True(option.GetProperty("domain").ValueKind is JsonValueKind.String or JsonValueKind.Array);
        });
    }
}
