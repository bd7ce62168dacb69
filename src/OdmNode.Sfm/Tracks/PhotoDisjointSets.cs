namespace OdmNode.Sfm.Tracks;

/// <summary>Disjoint sets of features of which none ever holds two features of one photo.</summary>
internal sealed class PhotoDisjointSets
{
    private readonly int[] firstNode;
    private readonly int[] parent;
    private readonly int[] size;
    private readonly int[] photoOf;

    // The members of a set form a ring, so that joining two sets is one exchange.
    private readonly int[] next;
    private readonly int[] stamp;
    private int currentStamp;

    /// <param name="firstNode">Node of feature f of photo p is firstNode[p] + f; the last entry is the number of nodes.</param>
    public PhotoDisjointSets(int[] firstNode)
    {
        this.firstNode = firstNode;
        int count = firstNode[^1];
        parent = new int[count];
        size = new int[count];
        next = new int[count];
        photoOf = new int[count];
        stamp = new int[firstNode.Length - 1];
        for (int photo = 0; photo + 1 < firstNode.Length; photo++)
        {
            for (int node = firstNode[photo]; node < firstNode[photo + 1]; node++)
            {
                parent[node] = node;
                next[node] = node;
                size[node] = 1;
                photoOf[node] = photo;
            }
        }
    }

    /// <summary>False when the union would hold two features of one photo; nothing is changed then.</summary>
    public bool TryJoin(int a, int b)
    {
        a = Find(a);
        b = Find(b);
        if (a == b)
        {
            return true;
        }

        if (size[a] < size[b])
        {
            (a, b) = (b, a);
        }

        if (SharePhoto(a, b))
        {
            return false;
        }

        parent[b] = a;
        size[a] += size[b];
        (next[a], next[b]) = (next[b], next[a]);
        return true;
    }

    public TrackSet ToTracks()
    {
        var offsets = new List<int> { 0 };
        var photos = new List<int>();
        var features = new List<int>();
        var taken = new bool[parent.Length];
        var members = new List<int>();
        for (int node = 0; node < parent.Length; node++)
        {
            if (taken[node] || next[node] == node)
            {
                continue;
            }

            members.Clear();
            int member = node;
            do
            {
                taken[member] = true;
                members.Add(member);
                member = next[member];
            }
            while (member != node);

            members.Sort();
            foreach (int m in members)
            {
                photos.Add(photoOf[m]);
                features.Add(m - firstNode[photoOf[m]]);
            }

            offsets.Add(photos.Count);
        }

        return new TrackSet([.. offsets], [.. photos], [.. features]);
    }

    private int Find(int node)
    {
        while (parent[node] != node)
        {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }

        return node;
    }

    private bool SharePhoto(int a, int b)
    {
        if (size[a] == 1 && size[b] == 1)
        {
            return photoOf[a] == photoOf[b];
        }

        currentStamp++;
        int member = a;
        do
        {
            stamp[photoOf[member]] = currentStamp;
            member = next[member];
        }
        while (member != a);

        member = b;
        do
        {
            if (stamp[photoOf[member]] == currentStamp)
            {
                return true;
            }

            member = next[member];
        }
        while (member != b);

        return false;
    }
}
