using System.Runtime.InteropServices;

namespace OdmNode.Native.Memory;

/// <summary>
/// Memory outside the managed heap, aligned to 64 bytes, not cleared: for the large buffers of kernels, which would
/// otherwise stay until the collector next looks at the large object heap.
/// </summary>
/// <typeparam name="T">Element.</typeparam>
public sealed unsafe class NativeBuffer<T> : SafeHandle
    where T : unmanaged
{
    private const int Alignment = 64;

    // The first touch of a page costs more than what kernels then do with it, so large buffers ask for large pages.
    private const int LargePage = 2 << 20;
    private const int LargePagesFrom = 2 * LargePage;

    /// <param name="length">Elements; a span must be able to hold them.</param>
    /// <exception cref="OutOfMemoryException">There is no such memory.</exception>
    public NativeBuffer(long length)
        : base(0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, int.MaxValue);
        Length = (int)length;
        nuint bytes = checked((nuint)Length * (nuint)sizeof(T));
        bool large = bytes >= LargePagesFrom;
        SetHandle((nint)NativeMemory.AlignedAlloc(Math.Max(bytes, Alignment), large ? (nuint)LargePage : Alignment));
        if (large)
        {
            MemoryAdvice.PreferLargePages((void*)handle, bytes);
        }
    }

    /// <summary>Elements.</summary>
    public int Length { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>The elements; not to be used once the buffer is disposed.</summary>
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new Span<T>((void*)handle, Length);
        }
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
