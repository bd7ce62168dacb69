using OdmNode.Scene.Model;

namespace OdmNode.Dense.Texturing;

/// <summary>Which faces share edges.</summary>
internal static class FaceNeighbours
{
    /// <summary>3t neighbours: entry 3f + e lies across the edge from corner e to corner e + 1 of face f; -1 at a border.</summary>
    public static int[] Of(TriangleMesh mesh)
    {
        int[] corners = mesh.Triangles;
        var keys = new ulong[corners.Length];
        var edges = new int[corners.Length];
        for (int i = 0; i < corners.Length; i++)
        {
            uint a = (uint)corners[i];
            uint b = (uint)corners[i % 3 == 2 ? i - 2 : i + 1];
            keys[i] = ((ulong)Math.Min(a, b) << 32) | Math.Max(a, b);
            edges[i] = i;
        }

        Array.Sort(keys, edges);
        var neighbours = new int[corners.Length];
        Array.Fill(neighbours, -1);
        for (int i = 0; i + 1 < keys.Length;)
        {
            int end = i + 1;
            while (end < keys.Length && keys[end] == keys[i])
            {
                end++;
            }

            // Where more than two faces meet in an edge, none of them is a neighbour of another.
            if (end - i == 2)
            {
                neighbours[edges[i]] = edges[i + 1] / 3;
                neighbours[edges[i + 1]] = edges[i] / 3;
            }

            i = end;
        }

        return neighbours;
    }
}
