namespace OdmNode.Geospatial.PointClouds.Octree;

/// <summary>Chooses the points of a node: the first one in each of its 128³ cells.</summary>
internal sealed class CellSieve(OctreeCube cube)
{
    /// <summary>Cells along each edge of a node.</summary>
    public const int Span = 1 << SpanBits;
    private const int SpanBits = 7;
    private readonly ulong[] taken = new ulong[1 << ((3 * SpanBits) - 6)];
    private int shift;

    /// <summary>Starts a node with all cells free.</summary>
    public void Begin(OctreeKey node)
    {
        Array.Clear(taken);
        shift = OctreeCube.FractionBits - SpanBits - node.Depth;
    }

    /// <summary>Takes the cell of a point of the node.</summary>
    /// <param name="point">Lies in the node.</param>
    /// <param name="octant">Which child the point lies in.</param>
    /// <returns>False when an earlier point has the cell.</returns>
    public bool TryTake(in LasPoint point, out int octant)
    {
        (uint fractionX, uint fractionY, uint fractionZ) = cube.Locate(point);
        uint x = (fractionX >> shift) & (Span - 1);
        uint y = (fractionY >> shift) & (Span - 1);
        uint z = (fractionZ >> shift) & (Span - 1);
        octant = (int)((x >> (SpanBits - 1)) | ((y >> (SpanBits - 1)) << 1) | ((z >> (SpanBits - 1)) << 2));
        uint cell = (((z << SpanBits) | y) << SpanBits) | x;
        ulong bit = 1UL << (int)(cell & 63);
        ref ulong word = ref taken[cell >> 6];
        bool isFree = (word & bit) == 0;
        word |= bit;
        return isFree;
    }
}
