using System.Numerics;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>The pieces of a mesh that do not hang together.</summary>
public static class MeshComponents
{
    /// <summary>Drops pieces of little surface, which float in the air; the largest piece always stays.</summary>
    /// <param name="mesh">Not changed.</param>
    /// <param name="leastSquareMetres">Surface of the smallest piece that is kept.</param>
    /// <param name="leastShare">And its share in that of the largest.</param>
    public static TriangleMesh DropSmall(TriangleMesh mesh, double leastSquareMetres, double leastShare)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        int[] pieceOf = Pieces(mesh);
        var area = new double[mesh.VertexCount];
        for (int i = 0; i < mesh.Triangles.Length; i += 3)
        {
            area[pieceOf[mesh.Triangles[i]]] += AreaOf(mesh, i);
        }

        double largest = area.DefaultIfEmpty().Max();
        double least = Math.Min(largest, Math.Max(leastSquareMetres, leastShare * largest));
        var kept = new List<int>(mesh.Triangles.Length);
        for (int i = 0; i < mesh.Triangles.Length; i += 3)
        {
            if (area[pieceOf[mesh.Triangles[i]]] >= least)
            {
                kept.AddRange(mesh.Triangles.AsSpan(i, 3));
            }
        }

        return MeshCompactor.Compact(mesh, kept.ToArray(), out _);
    }

    /// <summary>For each vertex the least vertex of its piece.</summary>
    private static int[] Pieces(TriangleMesh mesh)
    {
        var parent = new int[mesh.VertexCount];
        for (int i = 0; i < parent.Length; i++)
        {
            parent[i] = i;
        }

        for (int i = 0; i < mesh.Triangles.Length; i += 3)
        {
            Union(mesh.Triangles[i], mesh.Triangles[i + 1]);
            Union(mesh.Triangles[i], mesh.Triangles[i + 2]);
        }

        for (int i = 0; i < parent.Length; i++)
        {
            parent[i] = Root(i);
        }

        return parent;

        int Root(int vertex)
        {
            while (parent[vertex] != vertex)
            {
                parent[vertex] = parent[parent[vertex]];
                vertex = parent[vertex];
            }

            return vertex;
        }

        void Union(int a, int b)
        {
            int rootA = Root(a);
            int rootB = Root(b);
            parent[Math.Max(rootA, rootB)] = Math.Min(rootA, rootB);
        }
    }

    private static double AreaOf(TriangleMesh mesh, int triangle)
    {
        Vector3 a = PositionOf(mesh.Triangles[triangle]);
        Vector3 b = PositionOf(mesh.Triangles[triangle + 1]);
        Vector3 c = PositionOf(mesh.Triangles[triangle + 2]);
        return 0.5 * Vector3.Cross(b - a, c - a).Length();

        Vector3 PositionOf(int vertex) => new(mesh.Positions.AsSpan(3 * vertex, 3));
    }
}
