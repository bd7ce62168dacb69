using System.Runtime.InteropServices;

namespace OdmNode.Native.Interop;

/// <summary>The imports of native/include/odm_match.h.</summary>
internal static unsafe partial class MatchNative
{
    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_best_isa")]
    public static partial int BestInstructionSet();

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_match_packed_bytes")]
    public static partial long PackedBytes(int isa, int count);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_match_pack")]
    public static partial NativeStatus Pack(int isa, byte* descriptors, int count, byte* packed, long packedBytes);

    [LibraryImport(NativeLibraryHost.Library, EntryPoint = "odm_match_rows")]
    public static partial NativeStatus Rows(
        int isa,
        byte* rowsA,
        int rows,
        int firstRow,
        byte* packedB,
        int countB,
        int* rowIndex,
        int* rowBest,
        int* rowSecond,
        int* columnIndex,
        int* columnBest,
        int* columnSecond);
}
