using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Fusion;

/// <summary>Fuses the depth maps of all photos that see a tile into its coloured cloud.</summary>
public static class DepthMapFuser
{
    /// <param name="area">Only samples in it are used, so that tiles that share an edge share no point.</param>
    /// <param name="frame">Ties the world to the map; null leaves the points in the world frame.</param>
    /// <param name="views">Filtered maps, in ordinal order of image name; those that do not touch the area may be left out.</param>
    /// <param name="options">See there.</param>
    /// <param name="cancellationToken">Checked every few rows.</param>
    /// <returns>At most one point in each cube of the spacing, the weighted mean of the samples in it; points in order of
    /// their cubes: south to north, west to east, low to high.</returns>
    public static PointCloud Fuse(
        MapRectangle area,
        MapFrame? frame,
        IReadOnlyList<FusionView> views,
        FusionOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.SpacingMetres);
        double spacing = options.SpacingMetres;
        double height = MeanHeight(views, frame);

        // Cubes are counted from the zero of the map, so that their edges do not depend on the tile.
        var origin = new Vector3D(
            Math.Floor(0.5 * (area.West + area.East) / spacing) * spacing,
            Math.Floor(0.5 * (area.South + area.North) / spacing) * spacing,
            Math.Floor(height / spacing) * spacing);
        MapPolynomial polynomial = MapPolynomial.Near(frame, origin);
        var cloud = new VoxelCloud(origin, spacing);
        foreach (FusionView view in views)
        {
            if (view.Colors.Width != view.Map.Camera.Width || view.Colors.Height != view.Map.Camera.Height || view.Colors.Channels != 3)
            {
                throw new ArgumentException($"The colours of {view.Map.ImageName} do not fit its depth map.", nameof(views));
            }

            new SurfaceReader(view, polynomial).AddTo(cloud, area, options.MinViews, cancellationToken);
        }

        return cloud.ToCloud();
    }

    /// <summary>A height near the surface: of the middle of the first map that has a depth.</summary>
    private static double MeanHeight(IReadOnlyList<FusionView> views, MapFrame? frame)
    {
        foreach (FusionView view in views)
        {
            DepthMap map = view.Map;
            for (int i = map.Depth.Length / 2; i < map.Depth.Length; i++)
            {
                if (map.Depth[i] > 0)
                {
                    PinholeCamera camera = map.Camera;
                    Vector3D inCamera = camera.Unproject((i % camera.Width) + 0.5, (i / camera.Width) + 0.5, map.Depth[i]);
                    Vector3D inWorld = map.CameraFromWorld.Inverse() * inCamera;
                    return frame is null ? inWorld.Z : frame.MapFromWorld(inWorld).Z;
                }
            }
        }

        return 0;
    }
}
