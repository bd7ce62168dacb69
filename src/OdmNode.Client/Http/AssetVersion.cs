using System.Net.Http.Headers;

namespace OdmNode.Client.Http;

/// <summary>Which content a result file has, so that parts fetched one after the other belong together.</summary>
/// <param name="ETag">The strong tag with its quotes; null where the node sends none.</param>
/// <param name="LastModified">The time of the last change; null where the node sends none.</param>
/// <param name="Length">Bytes of the whole file.</param>
internal sealed record AssetVersion(string? ETag, DateTimeOffset? LastModified, long Length)
{
    /// <summary>False when nothing tells this version from another of the same length.</summary>
    public bool IsPinned => ETag is not null || LastModified is not null;

    /// <summary>Makes a part conditional on the version; a tag says more than a time.</summary>
    public RangeConditionHeaderValue? Condition =>
        ETag is not null ? new RangeConditionHeaderValue(ETag)
        : LastModified is { } time ? new RangeConditionHeaderValue(time)
        : null;

    public static AssetVersion Of(HttpResponseMessage response, long length) => new(
        response.Headers.ETag is { IsWeak: false } strong ? strong.Tag : null, response.Content.Headers.LastModified, length);
}
