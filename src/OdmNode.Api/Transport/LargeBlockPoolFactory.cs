using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace OdmNode.Api.Transport;

/// <summary>Gives the server <see cref="LargeBlockPool"/>s.</summary>
public sealed class LargeBlockPoolFactory : IMemoryPoolFactory<byte>
{
    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new LargeBlockPool();
}
