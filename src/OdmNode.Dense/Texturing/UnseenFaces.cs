namespace OdmNode.Dense.Texturing;

/// <summary>Which of the faces that no photo sees stay in the model.</summary>
internal static class UnseenFaces
{
    /// <summary>All of them, or those that lie together in small holes of what is seen.</summary>
    /// <returns>In ascending order.</returns>
    public static int[] Kept(int[] labels, int[] neighbours, TexturingOptions options)
    {
        var kept = new List<int>();
        var done = new bool[labels.Length];
        for (int seed = 0; seed < labels.Length; seed++)
        {
            if (labels[seed] >= 0 || done[seed])
            {
                continue;
            }

            (List<int> faces, bool enclosed) = Hole(seed, labels, neighbours, done);
            if (options.KeepUnseen || (enclosed && faces.Count <= options.LargestHoleFaces))
            {
                kept.AddRange(faces);
            }
        }

        kept.Sort();
        return [.. kept];
    }

    /// <summary>The faces without a photo that hang together with one; enclosed if none of them lies at the mesh's border.</summary>
    private static (List<int> Faces, bool Enclosed) Hole(int seed, int[] labels, int[] neighbours, bool[] done)
    {
        var faces = new List<int>();
        var open = new Stack<int>([seed]);
        bool enclosed = true;
        done[seed] = true;
        while (open.TryPop(out int face))
        {
            faces.Add(face);
            for (int e = 0; e < 3; e++)
            {
                int other = neighbours[(3 * face) + e];
                enclosed &= other >= 0;
                if (other >= 0 && labels[other] < 0 && !done[other])
                {
                    done[other] = true;
                    open.Push(other);
                }
            }
        }

        return (faces, enclosed);
    }
}
