using OdmNode.Dense.Fusion;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>A rectangle of cells between the voxels of a lattice: what one unit of work makes triangles for.</summary>
/// <param name="Lattice">The lattice of the whole survey.</param>
/// <param name="X">First column, a multiple of <see cref="Alignment"/>.</param>
/// <param name="Y">First row from the south, a multiple of <see cref="Alignment"/>.</param>
/// <param name="Width">Columns, a multiple of <see cref="Alignment"/>.</param>
/// <param name="Height">Rows, a multiple of <see cref="Alignment"/>.</param>
public sealed record VoxelTile(VoxelLattice Lattice, int X, int Y, int Width, int Height)
{
    /// <summary>Tiles begin and end between blocks of voxels.</summary>
    public const int Alignment = VoxelVolume.Edge;

    /// <summary>Cells around a tile whose points and photos have a say in its triangles.</summary>
    internal const int ReachVoxels = 3 * VoxelVolume.Edge;

    /// <summary>The tile of a grid whose size is a multiple of <see cref="Alignment"/>.</summary>
    public static VoxelTile Of(GroundTile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        return new VoxelTile(VoxelLattice.Of(tile.Grid), tile.X, tile.Grid.Height - tile.Y - tile.Height, tile.Width, tile.Height);
    }

    /// <summary>Everything that touches it has to be given to the mesher, so that neighbours agree on what they share.</summary>
    public MapRectangle Reach
    {
        get
        {
            double h = Lattice.Resolution;
            return new MapRectangle(
                Lattice.West + ((X - ReachVoxels) * h),
                Lattice.South + ((Y - ReachVoxels) * h),
                Lattice.West + ((X + Width + ReachVoxels) * h),
                Lattice.South + ((Y + Height + ReachVoxels) * h));
        }
    }
}
