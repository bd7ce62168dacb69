using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Blocks of an orthophoto that were rendered for one tile and that its neighbours need too, for the colours of their hidden ground.</summary>
/// <remarks>
/// A block's pixels do not depend on the tile that it is rendered for, so handing them on changes nothing but the time. Safe for several
/// threads; two that need the same block at once both render it. The oldest blocks go first.
/// </remarks>
public sealed class RenderedBlocks
{
    private const int RowBytes = 4 * OrthophotoRenderer.BlockSize;
    private const int BlockBytes = RowBytes * OrthophotoRenderer.BlockSize;
    private readonly Lock gate = new();
    private readonly Dictionary<(int Column, int Row), (byte[] Pixels, bool IsHidden)> blocks = [];
    private readonly Queue<(int Column, int Row)> ages = [];
    private readonly int most;

    /// <param name="bytes">What the blocks may take.</param>
    public RenderedBlocks(long bytes) => most = (int)Math.Min(int.MaxValue, bytes / BlockBytes);

    /// <summary>Forgets all, for another survey or other options.</summary>
    public void Clear()
    {
        lock (gate)
        {
            blocks.Clear();
            ages.Clear();
        }
    }

    /// <summary>Copies a block to where it belongs in <paramref name="pixels"/>.</summary>
    internal bool TryGet((int Column, int Row) place, CellRectangle target, byte[] pixels, out bool isHidden)
    {
        (byte[] Pixels, bool IsHidden) block;
        lock (gate)
        {
            if (!blocks.TryGetValue(place, out block))
            {
                isHidden = false;
                return false;
            }
        }

        for (int row = 0; row < OrthophotoRenderer.BlockSize; row++)
        {
            block.Pixels.AsSpan(row * RowBytes, RowBytes).CopyTo(pixels.AsSpan(Offset(place, row, target), RowBytes));
        }

        isHidden = block.IsHidden;
        return true;
    }

    /// <summary>Keeps a copy of a block of <paramref name="pixels"/>.</summary>
    internal void Add((int Column, int Row) place, CellRectangle target, byte[] pixels, bool isHidden)
    {
        byte[] copy = new byte[BlockBytes];
        for (int row = 0; row < OrthophotoRenderer.BlockSize; row++)
        {
            pixels.AsSpan(Offset(place, row, target), RowBytes).CopyTo(copy.AsSpan(row * RowBytes));
        }

        lock (gate)
        {
            if (most > 0 && blocks.TryAdd(place, (copy, isHidden)))
            {
                ages.Enqueue(place);
                if (ages.Count > most)
                {
                    blocks.Remove(ages.Dequeue());
                }
            }
        }
    }

    private static int Offset((int Column, int Row) place, int row, CellRectangle target)
    {
        int x = (place.Column * OrthophotoRenderer.BlockSize) - target.X;
        int y = (place.Row * OrthophotoRenderer.BlockSize) + row - target.Y;
        return 4 * ((y * target.Width) + x);
    }
}
