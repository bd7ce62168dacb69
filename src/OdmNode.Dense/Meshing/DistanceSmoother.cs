namespace OdmNode.Dense.Meshing;

/// <summary>Evens out distances of which few photos are sure, without touching those that many agree on.</summary>
internal static class DistanceSmoother
{
    private const int Padded = VoxelVolume.Edge + 2;
    private const int RowStep = Padded;
    private const int LayerStep = Padded * Padded;
    private const int BlocksBetweenChecks = 256;

    /// <param name="volume">Changed.</param>
    /// <param name="mostWeight">That each of the six neighbours of a voxel has at most.</param>
    /// <param name="cancellationToken">Checked every few blocks.</param>
    public static void Smooth(VoxelVolume volume, float mostWeight, CancellationToken cancellationToken)
    {
        var smooth = new float[volume.Distance.Length];
        var distance = new float[Padded * LayerStep];
        var weight = new float[Padded * LayerStep];
        for (int block = 0; block < volume.Count; block++)
        {
            if (block % BlocksBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Load(volume, block, mostWeight, distance, weight);
            int voxel = block * VoxelVolume.Voxels;
            for (int z = 1; z <= VoxelVolume.Edge; z++)
            {
                for (int y = 1; y <= VoxelVolume.Edge; y++)
                {
                    int place = (z * LayerStep) + (y * RowStep) + 1;
                    for (int x = 0; x < VoxelVolume.Edge; x++, place++, voxel++)
                    {
                        float around = weight[place - 1] + weight[place + 1] + weight[place - RowStep] + weight[place + RowStep]
                            + weight[place - LayerStep] + weight[place + LayerStep];
                        float sum = (weight[place - 1] * distance[place - 1]) + (weight[place + 1] * distance[place + 1])
                            + (weight[place - RowStep] * distance[place - RowStep]) + (weight[place + RowStep] * distance[place + RowStep])
                            + (weight[place - LayerStep] * distance[place - LayerStep]) + (weight[place + LayerStep] * distance[place + LayerStep]);
                        float own = volume.Weight[voxel];
                        smooth[voxel] = own > 0 ? ((own * volume.Distance[voxel]) + sum) / (own + around) : 0;
                    }
                }
            }
        }

        smooth.CopyTo(volume.Distance, 0);
    }

    /// <summary>Copies a block and the voxels beside its six sides; the weight of a neighbour is limited.</summary>
    private static void Load(VoxelVolume volume, int block, float mostWeight, float[] distance, float[] weight)
    {
        (int blockX, int blockY, int blockZ) = volume.PlaceOf(block);
        Array.Clear(weight);
        for (int part = 0; part < 7; part++)
        {
            int axis = part % 3;
            int side = part < 3 ? -1 : part < 6 ? 1 : 0;
            (int dx, int dy, int dz) = (axis == 0 ? side : 0, axis == 1 ? side : 0, axis == 2 ? side : 0);
            int from = volume.Find(blockX + dx, blockY + dy, blockZ + dz);
            if (from < 0)
            {
                continue;
            }

            (int firstX, int lastX) = Range(dx);
            (int firstY, int lastY) = Range(dy);
            (int firstZ, int lastZ) = Range(dz);
            for (int z = firstZ; z <= lastZ; z++)
            {
                for (int y = firstY; y <= lastY; y++)
                {
                    for (int x = firstX; x <= lastX; x++)
                    {
                        int voxel = (from * VoxelVolume.Voxels) + (((((z & 7) * VoxelVolume.Edge) + (y & 7)) * VoxelVolume.Edge) + (x & 7));
                        int place = ((z + 1) * LayerStep) + ((y + 1) * RowStep) + x + 1;
                        distance[place] = volume.Distance[voxel];
                        weight[place] = MathF.Min(mostWeight, volume.Weight[voxel]);
                    }
                }
            }
        }
    }

    /// <summary>Voxels to copy from the block before (−1), from itself (0) or from the block behind (1).</summary>
    private static (int First, int Last) Range(int side) => side switch
    {
        < 0 => (-1, -1),
        0 => (0, VoxelVolume.Edge - 1),
        _ => (VoxelVolume.Edge, VoxelVolume.Edge),
    };
}
