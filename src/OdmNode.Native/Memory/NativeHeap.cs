using System.Runtime.InteropServices;

namespace OdmNode.Native.Memory;

/// <summary>The memory that native libraries allocate.</summary>
public static partial class NativeHeap
{
    /// <summary>
    /// Gives the kernel back what was freed. The C library keeps it for every thread that ever freed something, which after matching and
    /// adjustment is hundreds of megabytes. Other C libraries than GNU's have no such call: there nothing changes.
    /// </summary>
    public static void Trim()
    {
        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
