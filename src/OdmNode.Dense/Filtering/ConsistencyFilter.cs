using OdmNode.Scene.Model;

namespace OdmNode.Dense.Filtering;

/// <summary>Keeps the depths of a photo that its neighbours' depth maps confirm.</summary>
public static class ConsistencyFilter
{
    /// <param name="map">As estimated.</param>
    /// <param name="neighbours">Depth maps of the photos that <paramref name="map"/> was matched against, as estimated, not filtered.</param>
    /// <param name="options">See there.</param>
    /// <param name="cancellationToken">Checked every few rows.</param>
    /// <returns>
    /// A new map: each kept depth is the mean of those that agree; confidence is the number of photos that agree, the
    /// photo itself included, and 1 where a small gap was interpolated.
    /// </returns>
    public static DepthMap Filter(
        DepthMap map, IReadOnlyList<DepthMap> neighbours, ConsistencyOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        throw new NotSupportedException();
    }
}
