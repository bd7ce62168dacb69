using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>Takes the vertices that are needed, in the order of the triangles that need them first.</summary>
internal static class MeshCompactor
{
    /// <param name="mesh">Whose vertices the triangles use.</param>
    /// <param name="triangles">Indices of vertices; triangles without an area in the graph, or twice there, are left out.</param>
    /// <param name="kept">For each vertex of the result its number in <paramref name="mesh"/>.</param>
    public static TriangleMesh Compact(TriangleMesh mesh, ReadOnlySpan<int> triangles, out int[] kept)
    {
        var newOf = new int[mesh.VertexCount];
        var vertices = new List<int>(triangles.Length / 5);
        var result = new List<int>(triangles.Length);
        HashSet<(int, int, int)> doubled = Doubled(triangles);
        for (int i = 0; i < triangles.Length; i += 3)
        {
            (int a, int b, int c) = (triangles[i], triangles[i + 1], triangles[i + 2]);
            if (a == b || b == c || c == a || doubled.Contains(Sorted(a, b, c)))
            {
                continue;
            }

            foreach (int vertex in (ReadOnlySpan<int>)[a, b, c])
            {
                if (newOf[vertex] == 0)
                {
                    vertices.Add(vertex);
                    newOf[vertex] = vertices.Count;
                }

                result.Add(newOf[vertex] - 1);
            }
        }

        kept = [.. vertices];
        var positions = new float[3 * kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            mesh.Positions.AsSpan(3 * kept[i], 3).CopyTo(positions.AsSpan(3 * i));
        }

        return new TriangleMesh { Origin = mesh.Origin, Positions = positions, Triangles = [.. result] };
    }

    /// <summary>Triangles that lie back to back, what simplification leaves of a thin sheet.</summary>
    private static HashSet<(int, int, int)> Doubled(ReadOnlySpan<int> triangles)
    {
        var seen = new HashSet<(int, int, int)>(triangles.Length / 3);
        var doubled = new HashSet<(int, int, int)>();
        for (int i = 0; i < triangles.Length; i += 3)
        {
            (int, int, int) sorted = Sorted(triangles[i], triangles[i + 1], triangles[i + 2]);
            if (!seen.Add(sorted))
            {
                doubled.Add(sorted);
            }
        }

        return doubled;
    }

    private static (int Low, int Middle, int High) Sorted(int a, int b, int c)
    {
        int low = Math.Min(a, Math.Min(b, c));
        int high = Math.Max(a, Math.Max(b, c));
        return (low, a ^ b ^ c ^ low ^ high, high);
    }
}
