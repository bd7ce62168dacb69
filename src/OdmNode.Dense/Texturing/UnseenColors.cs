using OdmNode.Scene.Model;

namespace OdmNode.Dense.Texturing;

/// <summary>A colour for each vertex, so that faces which no photo sees take on that of their surroundings.</summary>
internal static class UnseenColors
{
    private const float Grey = 128;

    /// <returns>3v levels: the mean of the faces with a photo around a vertex; further away, what spreads from there.</returns>
    public static float[] Of(TriangleMesh mesh, int[] labels, Candidates candidates)
    {
        var colors = new float[3 * mesh.VertexCount];
        var weights = new int[mesh.VertexCount];
        for (int corner = 0; corner < mesh.Triangles.Length; corner++)
        {
            int entry = labels[corner / 3] < 0 ? -1 : candidates.Find(corner / 3, labels[corner / 3]);
            if (entry >= 0)
            {
                Add(colors, mesh.Triangles[corner], candidates.Scores[entry]);
                weights[mesh.Triangles[corner]]++;
            }
        }

        bool[] known = Divide(colors, weights, new bool[mesh.VertexCount]);
        int[] open = [.. Enumerable.Range(0, labels.Length).Where(face => labels[face] < 0)];
        while (Spread(mesh, open, colors, known) is { } more)
        {
            known = more;
        }

        for (int v = 0; v < known.Length; v++)
        {
            if (!known[v])
            {
                colors.AsSpan(3 * v, 3).Fill(Grey);
            }
        }

        return colors;
    }

    /// <summary>One ring further, from the vertices that were known before; null when none was reached.</summary>
    private static bool[]? Spread(TriangleMesh mesh, int[] faces, float[] colors, bool[] known)
    {
        var weights = new int[known.Length];
        bool any = false;
        foreach (int face in faces)
        {
            (int a, int b, int c) = mesh.CornersOf(face);
            ReadOnlySpan<(int From, int To)> edges = [(a, b), (b, c), (c, a), (b, a), (c, b), (a, c)];
            foreach ((int from, int to) in edges)
            {
                if (known[from] && !known[to])
                {
                    for (int channel = 0; channel < 3; channel++)
                    {
                        colors[(3 * to) + channel] += colors[(3 * from) + channel];
                    }

                    weights[to]++;
                    any = true;
                }
            }
        }

        return any ? Divide(colors, weights, known) : null;
    }

    private static bool[] Divide(float[] colors, int[] weights, bool[] known)
    {
        bool[] more = [.. known];
        for (int v = 0; v < weights.Length; v++)
        {
            if (weights[v] > 0)
            {
                more[v] = true;
                for (int channel = 0; channel < 3; channel++)
                {
                    colors[(3 * v) + channel] /= weights[v];
                }
            }
        }

        return more;
    }

    private static void Add(float[] colors, int vertex, FaceScore score)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            colors[(3 * vertex) + channel] += score.Channel(channel);
        }
    }
}
