namespace OdmNode.Geospatial.PointClouds.Octree;

/// <summary>A node of an octree: its depth (0 is the root) and its place among the nodes of that depth, counted from the low corner.</summary>
internal readonly record struct OctreeKey(int Depth, int X, int Y, int Z) : IComparable<OctreeKey>
{
    public static readonly OctreeKey Root;

    /// <param name="octant">Bit 0 is set in the eastern half, bit 1 in the northern, bit 2 in the upper one.</param>
    public OctreeKey Child(int octant) => new(Depth + 1, (2 * X) + (octant & 1), (2 * Y) + ((octant >> 1) & 1), (2 * Z) + (octant >> 2));

    /// <summary>The node of a lower depth that holds this one.</summary>
    public OctreeKey Ancestor(int depth)
    {
        int levels = Depth - depth;
        return new OctreeKey(depth, X >> levels, Y >> levels, Z >> levels);
    }

    /// <summary>Depth first, then place.</summary>
    public int CompareTo(OctreeKey other) => (Depth, X, Y, Z).CompareTo((other.Depth, other.X, other.Y, other.Z));

    /// <summary>As EPT names its files.</summary>
    public override string ToString() => FormattableString.Invariant($"{Depth}-{X}-{Y}-{Z}");
}
