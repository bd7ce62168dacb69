namespace OdmNode.Geospatial.PointClouds.Octree;

/// <summary>Builds a part of an octree whose points are in memory.</summary>
internal sealed class MemoryTree(CellSieve sieve, OctreeOptions options)
{
    private const int Octants = 8;

    /// <summary>The nodes from <paramref name="top"/> down, parents before children.</summary>
    /// <param name="top">Holds all the points.</param>
    /// <param name="points">Are put in another order.</param>
    /// <param name="cancellationToken">Asked for each node.</param>
    public IEnumerable<OctreeNode> Build(OctreeKey top, LasPoint[] points, CancellationToken cancellationToken)
    {
        var sorted = new LasPoint[points.Length];
        var places = new byte[points.Length];
        var open = new Stack<(OctreeKey Key, int Start, int Count)>();
        open.Push((top, 0, points.Length));
        while (open.TryPop(out (OctreeKey Key, int Start, int Count) part))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int own = part.Count;
            if (part.Count > options.LeafPoints && part.Key.Depth < options.MaxDepth)
            {
                int[] ends = Divide(
                    part.Key,
                    points.AsSpan(part.Start, part.Count),
                    sorted.AsSpan(part.Start, part.Count),
                    places.AsSpan(part.Start, part.Count));
                own = ends[0];
                for (int octant = Octants - 1; octant >= 0; octant--)
                {
                    if (ends[octant + 1] > ends[octant])
                    {
                        open.Push((part.Key.Child(octant), part.Start + ends[octant], ends[octant + 1] - ends[octant]));
                    }
                }
            }

            yield return new OctreeNode(part.Key, points.AsSpan(part.Start, own).ToArray());
        }
    }

    /// <summary>Orders points by where they go: those of the node first, then those of each octant. Within each the order stays.</summary>
    /// <returns>Where the points of the node end, and those of each octant.</returns>
    private int[] Divide(OctreeKey node, Span<LasPoint> points, Span<LasPoint> sorted, Span<byte> places)
    {
        sieve.Begin(node);
        Span<int> counts = stackalloc int[1 + Octants];
        counts.Clear();
        for (int i = 0; i < points.Length; i++)
        {
            byte place = sieve.TryTake(points[i], out int octant) ? (byte)0 : (byte)(1 + octant);
            places[i] = place;
            counts[place]++;
        }

        Span<byte> targets = stackalloc byte[1 + Octants];
        for (byte place = 1; place <= Octants; place++)
        {
            bool isNode = counts[place] >= options.SmallestNode;
            targets[place] = isNode ? place : (byte)0;
            if (!isNode)
            {
                counts[0] += counts[place];
                counts[place] = 0;
            }
        }

        targets[0] = 0;
        int[] ends = new int[1 + Octants];
        for (int place = 1; place <= Octants; place++)
        {
            ends[place] = ends[place - 1] + counts[place - 1];
        }

        for (int i = 0; i < points.Length; i++)
        {
            sorted[ends[targets[places[i]]]++] = points[i];
        }

        sorted.CopyTo(points);
        return ends;
    }
}
