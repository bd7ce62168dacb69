namespace OdmNode.Dense.Meshing;

/// <summary>Signed distances near a surface: cubes of 8³ voxels, only where they are asked for.</summary>
/// <remarks>M. Nießner et al., Real-time 3D reconstruction at scale using voxel hashing, SIGGRAPH Asia 2013.</remarks>
internal sealed class VoxelVolume
{
    public const int Edge = 8;
    public const int Voxels = Edge * Edge * Edge;
    private const int Bits = 21;
    private const int Half = 1 << (Bits - 1);
    private readonly Dictionary<long, int> indexOf;
    private readonly long[] keys;

    private VoxelVolume(long[] sortedKeys)
    {
        keys = sortedKeys;
        indexOf = new Dictionary<long, int>(keys.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            indexOf[keys[i]] = i;
        }

        Distance = new float[(long)Voxels * keys.Length];
        Weight = new float[(long)Voxels * keys.Length];
    }

    public int Count => keys.Length;

    /// <summary>512 values for each block, x fastest: −1 (in the solid) to 1 (in the air), in truncation distances.</summary>
    public float[] Distance { get; }

    /// <summary>How sure each distance is; 0 where nothing is known.</summary>
    public float[] Weight { get; }

    /// <summary>Makes the blocks with the given keys, in the order of keys.</summary>
    public static VoxelVolume Of(IReadOnlyCollection<long> blockKeys)
    {
        long[] sorted = [.. blockKeys];
        Array.Sort(sorted);
        return new VoxelVolume(sorted);
    }

    /// <summary>Counted in blocks, in the order south to north, west to east, low to high.</summary>
    public static long KeyOf(int x, int y, int z) => ((long)(y + Half) << (2 * Bits)) | ((long)(x + Half) << Bits) | (uint)(z + Half);

    /// <summary>Where a block is, counted in blocks.</summary>
    public (int X, int Y, int Z) PlaceOf(int block)
    {
        long key = keys[block];
        const long mask = (1 << Bits) - 1;
        return ((int)((key >> Bits) & mask) - Half, (int)(key >> (2 * Bits)) - Half, (int)(key & mask) - Half);
    }

    /// <summary>The block at a place; −1 where there is none.</summary>
    public int Find(int x, int y, int z) => indexOf.GetValueOrDefault(KeyOf(x, y, z), -1);
}
