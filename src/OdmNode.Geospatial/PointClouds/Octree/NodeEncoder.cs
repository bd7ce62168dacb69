namespace OdmNode.Geospatial.PointClouds.Octree;

/// <summary>Encodes the nodes of a tree on several threads, and hands the results over in the order of the nodes.</summary>
internal static class NodeEncoder
{
    private const int NodesPerThread = 8;

    /// <param name="nodes">Are asked for a few at a time.</param>
    /// <param name="threads">Nodes encoded at a time.</param>
    /// <param name="encode">Called on many threads.</param>
    /// <param name="write">Called on the thread of the caller: the node and its bytes.</param>
    /// <param name="cancellationToken">Asked for each node.</param>
    public static void ForEach(
        IEnumerable<OctreeNode> nodes,
        int threads,
        Func<OctreeNode, byte[]> encode,
        Action<OctreeNode, byte[]> write,
        CancellationToken cancellationToken)
    {
        var settings = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        foreach (OctreeNode[] batch in nodes.Chunk(threads * NodesPerThread))
        {
            var encoded = new byte[batch.Length][];
            Parallel.For(0, batch.Length, settings, i => encoded[i] = encode(batch[i]));
            for (int i = 0; i < batch.Length; i++)
            {
                write(batch[i], encoded[i]);
            }
        }
    }
}
