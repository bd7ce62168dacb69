using System.Runtime.InteropServices;

namespace OdmNode.Native.Interop;

/// <summary>The imports of native/include/odm_mesh.h.</summary>
internal static unsafe partial class MeshNative
{
    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_mesh_simplify")]
    public static partial NativeStatus Simplify(
        float* positions,
        int vertices,
        int* indices,
        long indexCount,
        long targetIndices,
        float maxError,
        int lockBorder,
        int* simplified,
        long* simplifiedCount);
}
