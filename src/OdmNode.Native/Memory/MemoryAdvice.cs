using System.Runtime.InteropServices;

namespace OdmNode.Native.Memory;

/// <summary>Tells the kernel how memory will be used.</summary>
internal static unsafe partial class MemoryAdvice
{
    private const int HugePages = 14;

    /// <summary>Asks for large pages. Where the kernel has none, nothing changes.</summary>
    /// <param name="start">First byte, at a page of the processor.</param>
    /// <param name="bytes">Length.</param>
    public static void PreferLargePages(void* start, nuint bytes) => _ = Advise(start, bytes, HugePages);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
