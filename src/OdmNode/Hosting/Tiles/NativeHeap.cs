using System.Runtime.InteropServices;

namespace OdmNode.Hosting.Tiles;

/// <summary>How the C library's heap of this process behaves.</summary>
internal static class NativeHeap
{
    /// <summary>From malloc.h of the GNU C library.</summary>
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    private const int LargeBytes = 128 * 1024;
    private const int Arenas = 2;

    /// <summary>
    /// Gives large blocks back to the system as soon as they are freed. By itself the library stops that after the first of them, and keeps
    /// the holes that GDAL's blocks leave, in a heap for each thread.
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

    [DllImport("libc", EntryPoint = "mallopt", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
