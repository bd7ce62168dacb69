using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>The places at which a survey's distance field is sampled: whole numbers east, north, up from a corner.</summary>
/// <param name="West">Easting of column 0, metres.</param>
/// <param name="South">Northing of row 0, metres.</param>
/// <param name="Resolution">Distance of neighbours, metres. Heights are whole multiples of it.</param>
public readonly record struct VoxelLattice(double West, double South, double Resolution)
{
    public static VoxelLattice Of(GroundGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return new VoxelLattice(grid.West, grid.South, grid.Resolution);
    }

    public Vector3D PlaceOf(int x, int y, int z) => new(West + (x * Resolution), South + (y * Resolution), z * Resolution);
}
