using System.Collections.Concurrent;
using System.Runtime.Intrinsics;

namespace OdmNode.Geospatial.Tiles;

/// <summary>
/// Buffers of a tile while it is made, lent from one tile to the next: renderers wait by the dozen, tiles are made by
/// a few at a time, and buffers made anew for each of them would stay in the heap until it is collected.
/// </summary>
internal sealed class TileScratch : IDisposable
{
    /// <summary>Beyond these, two or three megabytes each, they are let go.</summary>
    private const int MostFree = 4;

    private static readonly ConcurrentBag<TileScratch> Free = [];
    private float[] plane = [];
    private Vector128<float>[] cells = [];
    private Vector128<float>[] samples = [];

    private TileScratch()
    {
    }

    /// <summary>Buffers for one caller, until it disposes them.</summary>
    public static TileScratch Rent() => Free.TryTake(out TileScratch? scratch) ? scratch : new TileScratch();

    /// <summary>Of any content.</summary>
    public Span<float> Plane(int length) => Of(ref plane, length);

    /// <inheritdoc cref="Plane"/>
    public Span<Vector128<float>> Cells(int length) => Of(ref cells, length);

    /// <summary>Zero.</summary>
    public Span<Vector128<float>> Samples(int length)
    {
        Span<Vector128<float>> span = Of(ref samples, length);
        span.Clear();
        return span;
    }

    /// <summary>Gives the buffers back; nothing of them may be used any more.</summary>
    public void Dispose()
    {
        if (Free.Count < MostFree)
        {
            Free.Add(this);
        }
    }

    private static Span<T> Of<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<T>(length);
        }

        return buffer.AsSpan(0, length);
    }
}
