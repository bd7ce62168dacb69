namespace OdmNode.Geospatial.PointClouds.Octree;

/// <summary>How points are spread over the nodes of an octree.</summary>
public sealed record OctreeOptions
{
    private const int BytesPerPoint = 41;
    private const int FewestInMemory = 200_000;
    private const int MostInMemory = 8_000_000;

    /// <summary>A node of at most so many points is not divided.</summary>
    public int LeafPoints { get; init; } = 40_000;

    /// <summary>Fewer points than this are no node of their own, they stay with the parent: each node costs a viewer one request.</summary>
    public int SmallestNode { get; init; } = 1_000;

    /// <summary>Deepest level, at most 20; nodes there take whatever is left.</summary>
    public int MaxDepth { get; init; } = 20;

    /// <summary>Parts of the tree with more points are divided on disk. A point takes 41 bytes while its part is in memory.</summary>
    public int PointsInMemory { get; init; } = MostInMemory;

    /// <summary>For a memory budget in bytes; the tree does not depend on it.</summary>
    public static OctreeOptions Within(long budgetBytes) =>
        new() { PointsInMemory = (int)Math.Clamp(budgetBytes / BytesPerPoint, FewestInMemory, MostInMemory) };
}
