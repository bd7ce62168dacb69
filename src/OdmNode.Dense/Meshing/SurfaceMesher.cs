using OdmNode.Geometry.Geodesy;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>Makes the closed, full three-dimensional surface of a tile from the depth maps that see it.</summary>
public static class SurfaceMesher
{
    /// <param name="tile">Cells to fill with triangles.</param>
    /// <param name="frame">Ties the world to the map; null where the lattice lies in the world.</param>
    /// <param name="views">All photos whose bounds touch <see cref="VoxelTile.Reach"/>, in a fixed order.</param>
    /// <param name="clouds">Points of the survey that say where the surface is, at least all in <see cref="VoxelTile.Reach"/>.</param>
    /// <param name="relief">Of the whole survey, closes gaps; null leaves them open.</param>
    /// <param name="options">See there.</param>
    /// <param name="cancellationToken">Checked every few blocks.</param>
    /// <returns>The surface at the resolution of the lattice. Parts of neighbouring tiles fit each other exactly.</returns>
    public static MeshPart Mesh(
        VoxelTile tile,
        MapFrame? frame,
        IReadOnlyList<DistanceView> views,
        IEnumerable<PointCloud> clouds,
        Relief? relief,
        MeshOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(clouds);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.DiffusionRounds, VoxelVolume.Edge - 3, nameof(options));
        var seeder = new BlockSeeder(tile, options);
        foreach (PointCloud cloud in clouds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            seeder.AddPoints(cloud);
        }

        if (relief is not null)
        {
            seeder.AddGaps(relief);
        }

        VoxelVolume volume = seeder.ToVolume();
        new DistanceFuser(tile.Lattice, frame, views, options).Fill(volume, cancellationToken);
        if (relief is not null)
        {
            GapCloser.FillFrom(relief, volume, tile.Lattice, options.TruncationVoxels);
        }

        GapCloser.Diffuse(volume, options.DiffusionRounds, cancellationToken);
        DistanceSmoother.Smooth(volume, options.SmoothingWeight, cancellationToken);
        return new SurfaceExtractor(tile, volume).Extract(cancellationToken);
    }
}
