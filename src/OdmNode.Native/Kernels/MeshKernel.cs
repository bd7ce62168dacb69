using OdmNode.Native.Interop;

namespace OdmNode.Native.Kernels;

/// <summary>Work on triangle meshes; the mathematics is told in native/include/odm_mesh.h.</summary>
public static unsafe class MeshKernel
{
    /// <summary>Takes away the edges that change the surface least. Vertices keep their places and numbers.</summary>
    /// <param name="positions">3v coordinates.</param>
    /// <param name="triangles">3t indices of vertices.</param>
    /// <param name="targetTriangles">Where to stop.</param>
    /// <param name="maxError">How far the surface may move, in the unit of the positions.</param>
    /// <param name="lockBorder">Whether vertices at open edges stay.</param>
    /// <returns>Indices of the triangles left; more than wanted where the error or a fold forbids to go on.</returns>
    /// <remarks>Not divided into slices: about a second for a million triangles.</remarks>
    public static int[] Simplify(
        ReadOnlySpan<float> positions, ReadOnlySpan<int> triangles, int targetTriangles, float maxError, bool lockBorder)
    {
        var simplified = new int[triangles.Length];
        long count = 0;
        if (triangles.Length > 0)
        {
            fixed (float* places = positions)
            fixed (int* from = triangles, to = simplified)
            {
                NativeLibraryHost.ThrowIfFailed(
                    MeshNative.Simplify(
                        places, positions.Length / 3, from, triangles.Length, 3L * targetTriangles, maxError, lockBorder ? 1 : 0, to, &count),
                    "mesh simplification");
            }
        }

        Array.Resize(ref simplified, (int)count);
        return simplified;
    }
}
