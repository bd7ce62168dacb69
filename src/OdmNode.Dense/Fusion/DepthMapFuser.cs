using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Fusion;

/// <summary>Fuses the depth maps of all photos that see a tile into its coloured cloud.</summary>
/// <remarks>
/// Where photos agree there is one point in each cube. Points through which photos see other surfaces are dropped. Where
/// nothing is left, depths that fewer photos agree on, leaves mostly, fill in: one for each of wider squares.
/// </remarks>
public static class DepthMapFuser
{
    /// <summary>Pixels at an edge by which a surface may seem displaced.</summary>
    private const int EdgePixels = 1;

    /// <summary>The same for an unsure one.</summary>
    private const int UnsureEdgePixels = 3;

    /// <summary>Photos beyond which a point needs no examination.</summary>
    private const int SureViews = 4;

    /// <summary>Height of the cubes of the unsure layer, in their widths: leaves scatter.</summary>
    private const int UnsureHeights = 4;

    /// <param name="area">Only samples in it are used, so that tiles that share an edge share no point.</param>
    /// <param name="frame">Ties the world to the map; null leaves the points in the world frame.</param>
    /// <param name="views">Filtered maps, in ordinal order of image name; those that do not touch the area may be left out.</param>
    /// <param name="options">See there.</param>
    /// <param name="cancellationToken">Checked every few rows.</param>
    /// <returns>At most one point in each cube of the spacing, the weighted mean of the samples in it, in order of the cubes:
    /// south to north, west to east, low to high. After those the unsure ones, with fewer views, in the same order.</returns>
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
        MapPolynomial mapFromWorld = MapPolynomial.MapFromWorld(frame, origin);
        var confirmed = new VoxelCloud(origin, spacing, spacing);
        double wide = options.UnsureSpacings * spacing;
        var unsure = new VoxelCloud(origin, wide, UnsureHeights * wide);
        foreach (FusionView view in views)
        {
            if (view.Colors.Width != view.Map.Camera.Width || view.Colors.Height != view.Map.Camera.Height || view.Colors.Channels != 3)
            {
                throw new ArgumentException($"The colours of {view.Map.ImageName} do not fit its depth map.", nameof(views));
            }

            new SurfaceReader(view, mapFromWorld).AddTo(confirmed, unsure, area, options.MinViews, cancellationToken);
        }

        var space = new FreeSpace(views.Select(static view => view.Map), MapPolynomial.WorldFromMap(frame, origin), options);
        confirmed.Remove(
            (point, agreeing) => agreeing < SureViews && space.IsEmpty(point, EdgePixels, options.EmptyBehind), cancellationToken);
        HashSet<long> covered = confirmed.ColumnsAround(wide);
        unsure.Remove(
            (point, _) => covered.Contains(unsure.ColumnOf(point)) || space.IsEmpty(point, UnsureEdgePixels, options.UnsureEmptyBehind),
            cancellationToken);
        unsure.KeepOneLayer();
        return VoxelCloud.ToCloud(origin, [confirmed, unsure]);
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
