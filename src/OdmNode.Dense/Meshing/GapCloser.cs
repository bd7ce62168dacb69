using OdmNode.Geometry.Linear;

namespace OdmNode.Dense.Meshing;

/// <summary>Gives distances to voxels of which the photos say nothing.</summary>
/// <remarks>
/// In gaps of the survey they are those from the relief. Elsewhere the known ones grow outwards by a few voxels. J. Davis
/// et al., Filling holes in complex surfaces using volumetric diffusion, 3DPVT 2002.
/// </remarks>
internal static class GapCloser
{
    private const float GuessWeight = 1e-3f;

    private static readonly (int X, int Y, int Z)[] Sides = [(-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 1, 0), (0, 0, -1), (0, 0, 1)];

    /// <summary>Takes the height above the relief as the distance.</summary>
    public static void FillFrom(Relief relief, VoxelVolume volume, VoxelLattice lattice, int truncationVoxels)
    {
        double truncation = truncationVoxels * lattice.Resolution;
        for (int block = 0; block < volume.Count; block++)
        {
            (int blockX, int blockY, int blockZ) = volume.PlaceOf(block);
            for (int column = 0; column < VoxelVolume.Edge * VoxelVolume.Edge; column++)
            {
                Vector3D foot = lattice.PlaceOf(
                    (blockX * VoxelVolume.Edge) + (column % VoxelVolume.Edge),
                    (blockY * VoxelVolume.Edge) + (column / VoxelVolume.Edge),
                    blockZ * VoxelVolume.Edge);
                if (relief.GapHeight(foot.X, foot.Y) is not { } height)
                {
                    continue;
                }

                for (int z = 0; z < VoxelVolume.Edge; z++)
                {
                    int voxel = (block * VoxelVolume.Voxels) + (z * VoxelVolume.Edge * VoxelVolume.Edge) + column;
                    if (volume.Weight[voxel] <= 0)
                    {
                        double above = foot.Z + (z * lattice.Resolution) - height;
                        volume.Distance[voxel] = (float)Math.Clamp(above / truncation, -1, 1);
                        volume.Weight[voxel] = GuessWeight;
                    }
                }
            }
        }
    }

    /// <summary>Lets unknown voxels take the mean of their known neighbours, round after round.</summary>
    public static void Diffuse(VoxelVolume volume, int rounds, CancellationToken cancellationToken)
    {
        var found = new List<(int Voxel, float Distance)>();
        Span<int> beside = stackalloc int[Sides.Length];
        for (int round = 0; round < rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.Clear();
            for (int block = 0; block < volume.Count; block++)
            {
                (int x, int y, int z) = volume.PlaceOf(block);
                if (!volume.Weight.AsSpan(block * VoxelVolume.Voxels, VoxelVolume.Voxels).Contains(0f))
                {
                    continue;
                }

                for (int side = 0; side < beside.Length; side++)
                {
                    beside[side] = volume.Find(x + Sides[side].X, y + Sides[side].Y, z + Sides[side].Z);
                }

                for (int voxel = 0; voxel < VoxelVolume.Voxels; voxel++)
                {
                    if (volume.Weight[(block * VoxelVolume.Voxels) + voxel] <= 0 && MeanAround(volume, block, voxel, beside) is { } mean)
                    {
                        found.Add(((block * VoxelVolume.Voxels) + voxel, mean));
                    }
                }
            }

            foreach ((int voxel, float distance) in found)
            {
                volume.Distance[voxel] = distance;
                volume.Weight[voxel] = GuessWeight;
            }
        }
    }

    private static float? MeanAround(VoxelVolume volume, int block, int voxel, ReadOnlySpan<int> beside)
    {
        const int last = VoxelVolume.Edge - 1;
        const int rowStep = VoxelVolume.Edge;
        const int layerStep = VoxelVolume.Edge * VoxelVolume.Edge;
        int x = voxel % VoxelVolume.Edge;
        int y = voxel / rowStep % VoxelVolume.Edge;
        int z = voxel / layerStep;
        float sum = 0;
        int count = 0;
        Take(x > 0 ? block : beside[0], x > 0 ? voxel - 1 : voxel + last);
        Take(x < last ? block : beside[1], x < last ? voxel + 1 : voxel - last);
        Take(y > 0 ? block : beside[2], y > 0 ? voxel - rowStep : voxel + (last * rowStep));
        Take(y < last ? block : beside[3], y < last ? voxel + rowStep : voxel - (last * rowStep));
        Take(z > 0 ? block : beside[4], z > 0 ? voxel - layerStep : voxel + (last * layerStep));
        Take(z < last ? block : beside[5], z < last ? voxel + layerStep : voxel - (last * layerStep));
        return count > 0 ? sum / count : null;

        void Take(int from, int place)
        {
            if (from >= 0 && volume.Weight[(from * VoxelVolume.Voxels) + place] > 0)
            {
                sum += volume.Distance[(from * VoxelVolume.Voxels) + place];
                count++;
            }
        }
    }
}
