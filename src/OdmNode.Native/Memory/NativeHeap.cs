using System.Runtime.InteropServices;

namespace OdmNode.Native.Memory;

/// <summary>The memory that native libraries allocate.</summary>
public static partial class NativeHeap
{
    // From malloc.h of the GNU C library.
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    private const int LargeBytes = 128 * 1024;
    private const int Arenas = 2;

    /// <summary>
    /// Gives large blocks back to the system as soon as they are freed. By itself the library stops that after the first of them, and keeps
    /// the holes that they leave, in a heap for each thread.
    /// </summary>
    public static void ReturnLargeBlocks()
    {
        try
        {
            _ = SetOption(MmapThreshold, LargeBytes);
            _ = SetOption(ArenaMax, Arenas);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, with ways of its own.
        }
    }

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
            // As above.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
