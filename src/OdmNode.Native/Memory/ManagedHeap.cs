using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OdmNode.Native.Memory;

/// <summary>The address range that the runtime keeps its objects in.</summary>
public static unsafe class ManagedHeap
{
    // The runtime reserves a range far beyond what it uses; anything smaller is something else.
    private const ulong LeastReserve = 1UL << 30;
    private static long allocatedAtCollection;

    /// <summary>
    /// Asks the kernel to back the heap with large pages: rasters are allocated by the megabyte, and touching each page of four kilobytes for the
    /// first time costs more than filling it. Where the heap or large pages are not found, nothing changes.
    /// </summary>
    /// <returns>Bytes of address space that the kernel was asked about; 0 when none.</returns>
    public static ulong PreferLargePages()
    {
        byte[] inside = GC.AllocateUninitializedArray<byte>(1);
        ulong address = (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(inside));
        try
        {
            (ulong start, ulong end) = RangeAround(File.ReadLines("/proc/self/maps"), address);
            if (end - start < LeastReserve)
            {
                return 0;
            }

            MemoryAdvice.PreferLargePages((void*)start, (nuint)(end - start));
            return end - start;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return 0;
        }
    }

    /// <summary>Collects garbage when much was allocated since the last time this was asked for.</summary>
    /// <remarks>
    /// The runtime lets garbage grow with what is alive, and caches of photos and tiles keep hundreds of megabytes alive. Rasters hold no references,
    /// so finding out which are garbage takes milliseconds, and memory that is used again need not be given by the kernel anew.
    /// </remarks>
    /// <param name="bytes">How much may become garbage.</param>
    public static void CollectAfter(long bytes)
    {
        long last = Volatile.Read(ref allocatedAtCollection);
        long now = GC.GetTotalAllocatedBytes();
        if (now - last >= bytes && Interlocked.CompareExchange(ref allocatedAtCollection, now, last) == last)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        }
    }

    /// <summary>The mappings without a file that follow each other without a gap and hold an address.</summary>
    /// <param name="maps">Lines as in proc(5): <c>start-end perms offset dev inode path</c>, by address.</param>
    /// <param name="address">What to look for.</param>
    /// <returns>An empty range where no such mapping holds it.</returns>
    public static (ulong Start, ulong End) RangeAround(IEnumerable<string> maps, ulong address)
    {
        ArgumentNullException.ThrowIfNull(maps);
        (ulong start, ulong end) = (0, 0);
        foreach (string line in maps)
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] bounds = fields.Length < 5 ? [] : fields[0].Split('-');
            if (bounds.Length != 2
                || !ulong.TryParse(bounds[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong from)
                || !ulong.TryParse(bounds[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong to))
            {
                continue;
            }

            bool isAnonymous = fields.Length == 5 && fields[4] == "0";
            if (!isAnonymous || from != end)
            {
                if (start <= address && address < end)
                {
                    break;
                }

                start = from;
            }

            end = isAnonymous ? to : start;
        }

        return start <= address && address < end ? (start, end) : (0, 0);
    }
}
