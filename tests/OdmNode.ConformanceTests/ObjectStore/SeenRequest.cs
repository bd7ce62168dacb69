namespace OdmNode.ConformanceTests.ObjectStore;

/// <summary>A request as it came to the store.</summary>
/// <param name="Number">From 1, in the order of arrival.</param>
/// <param name="Method">GET, PUT, ...</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">By lower-case name.</param>
internal sealed record SeenRequest(int Number, string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The part that is sent; null for all other requests.</summary>
    public string? Part => Target.Split("partNumber=") is [_, var rest] ? rest.Split('&')[0] : null;
}
