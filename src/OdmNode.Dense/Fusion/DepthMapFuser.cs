using OdmNode.Geometry.Geodesy;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Fusion;

/// <summary>Fuses the depth maps of all photos that see a tile into its coloured cloud.</summary>
public static class DepthMapFuser
{
    /// <param name="area">Only points in it are made, so that tiles that share an edge share no point.</param>
    /// <param name="frame">Ties the world to the map; null leaves the points in the world frame.</param>
    /// <param name="views">Filtered maps, in ordinal order of image name; those that do not touch the area may be left out.</param>
    /// <param name="options">See there.</param>
    /// <param name="cancellationToken">Checked every few rows.</param>
    /// <returns>At most one point in each cube of the spacing; points in order of their cubes: south to north, west to
    /// east, low to high.</returns>
    public static PointCloud Fuse(
        MapRectangle area,
        MapFrame? frame,
        IReadOnlyList<FusionView> views,
        FusionOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(views);
        throw new NotSupportedException();
    }
}
