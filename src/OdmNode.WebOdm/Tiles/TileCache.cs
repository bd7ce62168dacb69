namespace OdmNode.WebOdm.Tiles;

/// <summary>Keeps the tiles that were used last, up to a number of bytes; from many threads at once.</summary>
/// <param name="capacity">Bytes.</param>
internal sealed class TileCache(long capacity)
{
    /// <summary>What an entry costs beside its content: key, nodes, headers of objects.</summary>
    private const int Overhead = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<(RasterFile File, TileRequest Request), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>Bytes of all entries.</summary>
    public long Size { get; private set; }

    /// <summary>The tile; null when it is not kept.</summary>
    public TileImage? Find(RasterFile file, TileRequest request)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue((file, request), out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddLast(node);
            return node.Value.Image;
        }
    }

    /// <summary>Keeps a tile, and lets go of those that were not used for longest.</summary>
    public void Keep(RasterFile file, TileRequest request, TileImage image)
    {
        lock (_gate)
        {
            if (!_entries.ContainsKey((file, request)))
            {
                _entries[(file, request)] = _byUse.AddLast(new Entry(file, request, image));
                Size += SizeOf(image);
            }

            while (Size > capacity && _byUse.First is { } oldest)
            {
                _byUse.RemoveFirst();
                _entries.Remove((oldest.Value.File, oldest.Value.Request));
                Size -= SizeOf(oldest.Value.Image);
            }
        }
    }

    private static long SizeOf(TileImage image) => image.Content.Length + Overhead;

    private sealed record Entry(RasterFile File, TileRequest Request, TileImage Image);
}
