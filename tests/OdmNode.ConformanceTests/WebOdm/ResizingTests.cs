using OdmNode.ConformanceTests.Nodes;
using OdmNode.Imaging.Buffers;
using OdmNode.Imaging.Codecs;

namespace OdmNode.ConformanceTests.WebOdm;

public sealed class ResizingTests(WebOdmTestNode shared) : IClassFixture<WebOdmTestNode>, IAsyncLifetime
{
    /// <summary>Segments as cameras write them: EXIF, XMP, a comment; the list of further pictures must not come along.</summary>
    private static readonly byte[] Metadata =
    [
        .. Segment(0xE1, "Exif\0\0II*\0 position and all"u8), .. Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"u8), .. Segment(0xFE, "made by hand"u8),
    ];

    private readonly NodeProcess _node = shared.Node;
    private WebOdmClient _client = null!;
    private string _tasks = null!;

    public async Task InitializeAsync()
    {
        _client = await WebOdmClient.LogInAsync(_node);
        _tasks = $"projects/{await _client.ProjectAsync()}/tasks/";
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task W107_Photos_shrink_to_the_longest_side_with_their_metadata_and_none_grows()
    {
        var small = Photo(90, 60);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("101"), "resize_to" },
            { new ByteArrayContent(Photo(301, 400)), "images", "large.JPG" },
            { new ByteArrayContent(small), "images", "small.jpg" },
            { new ByteArrayContent(PngEncoder.Consume(new byte[300 * 200 * 4], 300, 200)), "images", "other.png" },
            { new StringContent("WGS84 UTM 32N\n1 2 3 200 100 large.jpg\n"), "images", "gcp_list.txt" },
        };
        var created = await _client.PostAsync(_tasks, form);
        Assert.Equal((201, 101, 0), (created.Status, created.Json.GetProperty("resize_to").GetInt32(), created.Json.GetProperty("resize_progress").GetDouble()));
        var task = await _client.WaitForAsync($"{_tasks}{created.Json.GetProperty("id")}/", 40);
        Assert.Equal(1, task.GetProperty("resize_progress").GetDouble());

        byte[] Stored(string name) => File.ReadAllBytes(Path.Combine(_node.Data, "webodm", "tasks", task.GetProperty("id").ToString(), "images", name));
        var shrunk = Stored("large.JPG");
        var header = PhotoCodec.ReadHeader(shrunk);
        Assert.Equal((76, 101), (header.Width, header.Height));
        Assert.Equal(Metadata, shrunk.AsSpan(2, Metadata.Length).ToArray());
        Assert.Equal(-1, shrunk.AsSpan().IndexOf("MPF\0"u8));
        var pixels = PhotoCodec.Decode(shrunk, new DecodeOptions());
        Assert.InRange(pixels.Row(50)[3 * 10], 20, 80);
        Assert.InRange(pixels.Row(50)[3 * 60], 170, 230);

        Assert.Equal(small, Stored("small.jpg"));
        Assert.Equal(300, PhotoCodec.ReadHeader(Stored("other.png")).Width);
        Assert.Equal("WGS84 UTM 32N\n1 2 3 50.5 25.25 large.jpg\n", System.Text.Encoding.UTF8.GetString(Stored("gcp_list.txt")));
    }

    [Fact]
    public async Task Nothing_is_scaled_unless_asked_for_and_a_size_that_is_none_is_refused()
    {
        var task = (await _client.PostAsync(_tasks, WebOdmClient.Files(["a.jpg", "b.jpg"]))).Json;
        Assert.Equal(-1, task.GetProperty("resize_to").GetInt32());
        foreach (var (bad, text) in ((string, string)[])[("0", "Ensure this value is greater than 0, or -1."), ("-2", "Ensure this value is greater than 0, or -1."), ("x", "A valid integer is required.")])
        {
            Assert.Equal((400, $$"""{"resize_to":["{{text}}"]}"""), (await _client.PostAsync(_tasks, WebOdmClient.Files(["a.jpg", "b.jpg"], ("resize_to", bad)))).Both);
        }
    }

    /// <summary>Dark on the left, bright on the right.</summary>
    private static byte[] Photo(int width, int height)
    {
        var picture = new ImageBuffer(width, height, 3);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                picture.Row(y).Slice(3 * x, 3).Fill(x < width / 2 ? (byte)50 : (byte)200);
            }
        }

        var jpeg = JpegEncoder.Consume(picture, 95);
        return [.. jpeg[..2], .. Metadata, .. Segment(0xE2, "MPF\0further pictures"u8), .. jpeg[2..]];
    }

    private static byte[] Segment(byte marker, ReadOnlySpan<byte> content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];
}
