using OdmNode.Scene.Model;

namespace OdmNode.Dense.Filtering;

/// <summary>Drops points that lie apart from their surroundings.</summary>
public static class OutlierFilter
{
    /// <param name="cloud">With a margin around the tile, so that points near its edge have all their neighbours.</param>
    /// <param name="options">See there.</param>
    /// <param name="cancellationToken">Checked every few thousand points.</param>
    /// <returns>The points kept, in their order.</returns>
    public static PointCloud Filter(PointCloud cloud, OutlierOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        throw new NotSupportedException();
    }
}
