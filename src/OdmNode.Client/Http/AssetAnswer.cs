using System.Net;

namespace OdmNode.Client.Http;

/// <summary>The answer to a download, its body unread.</summary>
internal sealed class AssetAnswer(HttpResponseMessage response, AnswerStream body) : IDisposable
{
    /// <summary>The bytes, one after the other.</summary>
    public AnswerStream Body => body;

    /// <summary>Number of the first byte of the body within the file.</summary>
    public long From { get; } = response.StatusCode == HttpStatusCode.PartialContent
        ? response.Content.Headers.ContentRange?.From ?? -1
        : 0;

    /// <summary>Bytes of the body; null when not announced.</summary>
    public long? BodyLength { get; } = response.Content.Headers.ContentLength;

    /// <summary>The version that the body is of; null when the length of the whole file is not told.</summary>
    public AssetVersion? Version { get; } = TotalOf(response) is { } total ? AssetVersion.Of(response, total) : null;

    /// <summary>True for a part, false for the whole file.</summary>
    public bool IsPartial { get; } = response.StatusCode == HttpStatusCode.PartialContent;

    public void Dispose() => body.Dispose();

    private static long? TotalOf(HttpResponseMessage response) => response.StatusCode == HttpStatusCode.PartialContent
        ? response.Content.Headers.ContentRange?.Length
        : response.Content.Headers.ContentLength;
}
