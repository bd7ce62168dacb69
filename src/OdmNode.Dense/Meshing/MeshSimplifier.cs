using OdmNode.Native.Kernels;
using OdmNode.Scene.Model;

namespace OdmNode.Dense.Meshing;

/// <summary>Makes meshes smaller where they are flat.</summary>
public static class MeshSimplifier
{
    private const int MostRounds = 4;

    /// <summary>Simplifies a part whose sides have to stay as they are.</summary>
    /// <param name="part">Not changed.</param>
    /// <param name="freeErrorMetres">Error up to which triangles go in any case.</param>
    /// <param name="mostTriangles">If more are left, the least needed of them go too, whatever the error.</param>
    public static MeshPart Simplify(MeshPart part, double freeErrorMetres, int mostTriangles)
    {
        ArgumentNullException.ThrowIfNull(part);
        TriangleMesh mesh = part.Mesh;
        int[] triangles = MeshKernel.Simplify(mesh.Positions, mesh.Triangles, 0, (float)freeErrorMetres, lockBorder: true);
        if (triangles.Length > 3 * mostTriangles)
        {
            triangles = MeshKernel.Simplify(mesh.Positions, triangles, mostTriangles, float.MaxValue, lockBorder: true);
        }

        TriangleMesh compact = MeshCompactor.Compact(mesh, triangles, out int[] kept);
        return new MeshPart(compact, Array.ConvertAll(kept, vertex => part.SharedKeys[vertex]));
    }

    /// <summary>Simplifies to at most so many vertices and twice so many triangles.</summary>
    public static TriangleMesh Simplify(TriangleMesh mesh, int mostVertices)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        int target = (int)Math.Min(2L * mostVertices, int.MaxValue / 3);
        for (int round = 0; round < MostRounds && (mesh.VertexCount > mostVertices || mesh.TriangleCount > target); round++)
        {
            int[] triangles = MeshKernel.Simplify(mesh.Positions, mesh.Triangles, target, float.MaxValue, lockBorder: false);
            mesh = MeshCompactor.Compact(mesh, triangles, out _);

            // A border has more vertices for its triangles than a closed surface.
            target = (int)Math.Min(target, 0.99 * mesh.TriangleCount * mostVertices / Math.Max(1, mesh.VertexCount));
        }

        return mesh;
    }
}
