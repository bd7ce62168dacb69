namespace OdmNode.Geospatial.PointClouds.Octree;

/// <summary>
/// Spreads points over an octree from the root down: each node keeps the first point in each of its 128³ cells, the others go
/// on to its children. So every level shows the whole cloud, each twice as dense as the one above, and no point is stored twice.
/// </summary>
/// <remarks>
/// The layout of Entwine and COPC. The rule and so the tree are the same whether a part is divided in memory or on disk.
/// </remarks>
internal sealed class OctreeBuilder(OctreeCube cube, OctreeOptions options)
{
    private const int Octants = 8;
    private readonly CellSieve sieve = new(cube);

    /// <summary>All nodes, parents before children, in an order that depends on the points alone.</summary>
    /// <param name="points">The whole cloud, inside the cube.</param>
    /// <param name="cancellationToken">Asked for each node and each block of points.</param>
    public IEnumerable<OctreeNode> Build(PointSpool points, CancellationToken cancellationToken)
    {
        var memory = new MemoryTree(sieve, options);
        var open = new Stack<(OctreeKey Key, PointSpool Points)>();
        try
        {
            open.Push((OctreeKey.Root, points));
            while (open.TryPop(out (OctreeKey Key, PointSpool Points) part))
            {
                if (part.Points.Count > Math.Max(options.PointsInMemory, options.LeafPoints) && part.Key.Depth < options.MaxDepth)
                {
                    LasPoint[] own = Divide(part.Key, part.Points, points.Path, open, cancellationToken);
                    Release(part.Points);
                    yield return new OctreeNode(part.Key, own);
                    continue;
                }

                LasPoint[] loaded = part.Points.ReadAll();
                Release(part.Points);
                foreach (OctreeNode node in memory.Build(part.Key, loaded, cancellationToken))
                {
                    yield return node;
                }
            }
        }
        finally
        {
            foreach ((_, PointSpool left) in open)
            {
                Release(left);
            }
        }

        // The cloud itself belongs to the caller.
        void Release(PointSpool part)
        {
            if (part != points)
            {
                part.Dispose();
            }
        }
    }

    /// <summary>Puts the points of a node's children on disk, and the children on the stack, the first on top.</summary>
    /// <returns>The points of the node itself.</returns>
    private LasPoint[] Divide(
        OctreeKey node, PointSpool points, string path, Stack<(OctreeKey Key, PointSpool Points)> open, CancellationToken cancellationToken)
    {
        var own = new List<(long Index, LasPoint Point)>();
        var children = new PointSpool?[Octants];
        var indices = new List<long>[Octants];
        try
        {
            Distribute(node, points, path, own, children, indices, cancellationToken);
        }
        catch
        {
            foreach (PointSpool? child in children)
            {
                child?.Dispose();
            }

            throw;
        }

        for (int octant = Octants - 1; octant >= 0; octant--)
        {
            if (children[octant] is not { } child)
            {
                continue;
            }

            if (child.Count >= options.SmallestNode)
            {
                open.Push((node.Child(octant), child));
                continue;
            }

            own.AddRange(indices[octant].Zip(child.ReadAll()));
            child.Dispose();
        }

        own.Sort((a, b) => a.Index.CompareTo(b.Index));
        return [.. own.Select(entry => entry.Point)];
    }

    private void Distribute(
        OctreeKey node,
        PointSpool points,
        string path,
        List<(long Index, LasPoint Point)> own,
        PointSpool?[] children,
        List<long>[] indices,
        CancellationToken cancellationToken)
    {
        sieve.Begin(node);
        long index = 0;
        points.ForEachBlock(
            block =>
            {
                foreach (ref readonly LasPoint point in block)
                {
                    if (sieve.TryTake(point, out int octant))
                    {
                        own.Add((index, point));
                    }
                    else
                    {
                        (children[octant] ??= new PointSpool(PathOf(path, node.Child(octant)))).Add(point);
                        List<long> of = indices[octant] ??= [];
                        if (of.Count < options.SmallestNode)
                        {
                            of.Add(index);
                        }
                    }

                    index++;
                }
            },
            cancellationToken);
    }

    private static string PathOf(string cloud, OctreeKey node) =>
        Path.ChangeExtension(cloud, $"{node}{Path.GetExtension(cloud)}");
}
