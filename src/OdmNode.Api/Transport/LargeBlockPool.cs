using System.Buffers;
using System.Collections.Concurrent;

namespace OdmNode.Api.Transport;

/// <summary>Memory for the sockets of the server, in blocks so large that photos arrive with few calls to the kernel.</summary>
/// <remarks>
/// The server's own pool gives 4 KiB, so each call to the kernel brings 4 KiB: a quarter of a million calls for a
/// gibibyte. A connection that waits holds no block. Blocks are pinned, because sockets write into them while they wait.
/// </remarks>
internal sealed class LargeBlockPool : MemoryPool<byte>
{
    private const int BlockSize = 128 * 1024;
    private const int MostKept = 128;

    private readonly ConcurrentQueue<byte[]> _kept = new();

    /// <inheritdoc/>
    public override int MaxBufferSize => BlockSize;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        return new Block(this, _kept.TryDequeue(out var bytes) ? bytes : GC.AllocateUninitializedArray<byte>(BlockSize, pinned: true));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _kept.Clear();

    private void Return(byte[] bytes)
    {
        if (_kept.Count < MostKept)
        {
            _kept.Enqueue(bytes);
        }
    }

    private sealed class Block(LargeBlockPool pool, byte[] bytes) : IMemoryOwner<byte>
    {
        private byte[]? _bytes = bytes;

        public Memory<byte> Memory => _bytes;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _bytes, null) is { } returned)
            {
                pool.Return(returned);
            }
        }
    }
}
