using SkiaSharp;

namespace OdmNode.ConformanceTests.WebOdm.Maps;

/// <summary>An answer to a request for a tile.</summary>
internal sealed class SeenTile
{
    private readonly SKColor[] _pixels = [];

    private SeenTile(HttpResponseMessage answer, byte[] content)
    {
        Status = (int)answer.StatusCode;
        Content = content;
        Type = answer.Content.Headers.ContentType?.ToString();
        Tag = answer.Headers.ETag?.ToString();
        Vary = string.Join(", ", answer.Headers.Vary);
        Caching = answer.Headers.CacheControl?.ToString();
        Length = answer.Content.Headers.ContentLength;
        if (Status == 200 && content.Length > 0)
        {
            using var picture = SKBitmap.Decode(content);
            Size = picture.Width;
            Assert.Equal(picture.Width, picture.Height);
            _pixels = picture.Pixels;
        }
    }

    public int Status { get; }

    public byte[] Content { get; }

    public string Text => System.Text.Encoding.UTF8.GetString(Content);

    public string? Type { get; }

    public string? Tag { get; }

    public string Vary { get; }

    public string? Caching { get; }

    public long? Length { get; }

    /// <summary>Pixels along a side.</summary>
    public int Size { get; }

    public IReadOnlyList<SKColor> Pixels => _pixels;

    public SKColor this[int column, int row] => _pixels[(row * Size) + column];

    public static async Task<SeenTile> GetAsync(WebOdmClient client, string path, string method = "GET", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? path : "/api/" + path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.Http.SendAsync(request);
        return new SeenTile(answer, await answer.Content.ReadAsByteArrayAsync());
    }
}
