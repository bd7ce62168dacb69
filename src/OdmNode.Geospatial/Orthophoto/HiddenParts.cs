using System.Runtime.InteropServices;
using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>The hidden cells of a rectangle, and the visible ones beside them that stand no higher: by squares of four cells.</summary>
internal sealed class HiddenParts
{
    private const int BlockCells = 4;
    private const int RimBlocks = 3;
    private const float StepMetres = 0.4f;
    private readonly int columns;
    private readonly int rows;
    private readonly List<int> hidden = [];
    private readonly List<int> sources = [];
    private readonly List<int> hiddenBlocks = [];
    private readonly List<int> sourceBlocks = [];

    private HiddenParts(CellRectangle cells)
    {
        columns = (cells.Width + BlockCells - 1) / BlockCells;
        rows = (cells.Height + BlockCells - 1) / BlockCells;
    }

    /// <summary>Places in the rectangle.</summary>
    public ReadOnlySpan<int> Hidden => CollectionsMarshal.AsSpan(hidden);

    /// <summary>Places in the rectangle, those of a square of two by two cells in reading order.</summary>
    public ReadOnlySpan<int> Sources => CollectionsMarshal.AsSpan(sources);

    /// <summary>Parts the cells of a rectangle; those that are not hidden after all get an alpha of 255.</summary>
    /// <param name="pixels">height × width × 4 bytes, with an alpha of <see cref="HiddenFiller"/> where something hides the ground.</param>
    /// <param name="heights">height × width metres.</param>
    /// <param name="cells">The rectangle.</param>
    public static HiddenParts Of(byte[] pixels, float[] heights, CellRectangle cells)
    {
        var parts = new HiddenParts(cells);
        float[] lowest = parts.LowestHidden(pixels, heights, cells, out int[] counts);

        // The rim of a hidden area shows what hides it, where that reaches farther than the surface knows.
        float[] core = [.. lowest.Select((height, block) => counts[block] == BlockCells * BlockCells ? height : float.PositiveInfinity)];
        core = parts.Shrunk(core);
        for (int growth = 0; growth < RimBlocks + 1; growth++)
        {
            core = parts.Spread(core);
        }

        float[] around = parts.Spread(parts.Spread(core));
        for (int block = 0; block < core.Length; block++)
        {
            if (counts[block] > 0 || !float.IsPositiveInfinity(around[block]))
            {
                parts.Part(block, core[block] + StepMetres, around[block] + StepMetres, pixels, heights, cells);
            }
        }

        return parts;
    }

    /// <summary>No hidden cell is farther from a source, in units of <see cref="ChamferDistance"/>.</summary>
    public int FarthestHidden()
    {
        const int withinBlocks = ChamferDistance.Diagonal * (BlockCells - 1);
        ushort[] distances = ChamferDistance.From(CollectionsMarshal.AsSpan(sourceBlocks), columns, rows);
        int farthest = 0;
        foreach (int block in hiddenBlocks)
        {
            farthest = Math.Max(farthest, distances[block]);
        }

        return (BlockCells * farthest) + withinBlocks;
    }

    /// <summary>For each hidden cell that has four neighbours: it and they, as places among hidden cells and sources behind them; -1 for others.</summary>
    /// <param name="cells">The rectangle.</param>
    /// <param name="slots">height × width, of any content; overwritten.</param>
    public int[] Neighbours(CellRectangle cells, Span<int> slots)
    {
        int width = cells.Width;
        var inner = new List<int>(hidden.Count);
        foreach (int cell in hidden)
        {
            (int y, int x) = Math.DivRem(cell, width);
            if (x > 0 && y > 0 && x < width - 1 && y < cells.Height - 1)
            {
                inner.Add(cell);
                (slots[cell - 1], slots[cell + 1], slots[cell - width], slots[cell + width]) = (-1, -1, -1, -1);
            }
        }

        for (int k = 0; k < hidden.Count; k++)
        {
            slots[hidden[k]] = k;
        }

        for (int k = 0; k < sources.Count; k++)
        {
            slots[sources[k]] = hidden.Count + k;
        }

        int[] stars = new int[5 * inner.Count];
        for (int k = 0; k < inner.Count; k++)
        {
            int cell = inner[k];
            Span<int> star = stars.AsSpan(5 * k, 5);
            star[0] = slots[cell];
            star[1] = slots[cell - 1];
            star[2] = slots[cell + 1];
            star[3] = slots[cell - width];
            star[4] = slots[cell + width];
        }

        return stars;
    }

    /// <summary>Height of the lowest hidden cell of each block, and their number.</summary>
    private float[] LowestHidden(byte[] pixels, float[] heights, CellRectangle cells, out int[] counts)
    {
        float[] lowest = new float[columns * rows];
        counts = new int[lowest.Length];
        Array.Fill(lowest, float.PositiveInfinity);
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(pixels);
        for (int i = 0, y = 0; y < cells.Height; y++)
        {
            int line = y / BlockCells * columns;
            for (int x = 0; x < cells.Width; x++, i++)
            {
                if ((words[i] >> 24) - HiddenFiller.HiddenAlpha <= HiddenFiller.RimAlpha - HiddenFiller.HiddenAlpha)
                {
                    int block = line + (x / BlockCells);
                    lowest[block] = heights[i] < lowest[block] ? heights[i] : lowest[block];
                    counts[block]++;
                }
            }
        }

        return lowest;
    }

    /// <summary>Decides what the cells of a block are.</summary>
    /// <param name="block">The block.</param>
    /// <param name="highestHidden">Hidden cells that stand higher are visible after all; infinity where no core of a hidden area is near.</param>
    /// <param name="highestSource">Visible cells that stand higher have no say; infinity where no hidden area is near.</param>
    /// <param name="pixels">Of the rectangle.</param>
    /// <param name="heights">Of the rectangle.</param>
    /// <param name="cells">The rectangle.</param>
    private void Part(int block, float highestHidden, float highestSource, byte[] pixels, float[] heights, CellRectangle cells)
    {
        (int top, int left) = Math.DivRem(block, columns);
        (int hiddenBefore, int sourcesBefore) = (hidden.Count, sources.Count);
        for (int y = top * BlockCells; y < Math.Min(cells.Height, (top + 1) * BlockCells); y++)
        {
            for (int x = left * BlockCells; x < Math.Min(cells.Width, (left + 1) * BlockCells); x++)
            {
                int i = (y * cells.Width) + x;
                ref byte alpha = ref pixels[(4 * i) + 3];
                if (alpha == 0)
                {
                    continue;
                }

                bool isHidden = !float.IsPositiveInfinity(highestHidden) && heights[i] <= highestHidden;
                alpha = isHidden ? HiddenFiller.HiddenAlpha : byte.MaxValue;
                if (isHidden)
                {
                    hidden.Add(i);
                }
                else if (!float.IsPositiveInfinity(highestSource) && heights[i] <= highestSource)
                {
                    sources.Add(i);
                }
            }
        }

        if (hidden.Count > hiddenBefore)
        {
            hiddenBlocks.Add(block);
        }

        if (sources.Count > sourcesBefore)
        {
            sourceBlocks.Add(block);
        }
    }

    /// <summary>Only the blocks with hidden ones all around: specks keep the colours of the photo that is hidden least.</summary>
    private float[] Shrunk(float[] lowest)
    {
        float[] inside = new float[lowest.Length];
        for (int block = 0; block < inside.Length; block++)
        {
            (int y, int x) = Math.DivRem(block, columns);
            inside[block] = lowest[block];
            for (int row = Math.Max(0, y - 1); row <= Math.Min(rows - 1, y + 1); row++)
            {
                for (int column = Math.Max(0, x - 1); column <= Math.Min(columns - 1, x + 1); column++)
                {
                    bool isOpen = float.IsPositiveInfinity(lowest[(row * columns) + column]);
                    inside[block] = isOpen ? float.PositiveInfinity : inside[block];
                }
            }
        }

        return inside;
    }

    /// <summary>The least of each block and of the eight around it.</summary>
    private float[] Spread(float[] lowest)
    {
        float[] along = new float[lowest.Length];
        float[] around = new float[lowest.Length];
        for (int block = 0; block < lowest.Length; block++)
        {
            int x = block % columns;
            along[block] = Least(x > 0 ? lowest[block - 1] : lowest[block], lowest[block], x + 1 < columns ? lowest[block + 1] : lowest[block]);
        }

        for (int block = 0; block < lowest.Length; block++)
        {
            (int above, int below) = (Math.Max(block % columns, block - columns), block + columns);
            around[block] = Least(along[above], along[block], below < along.Length ? along[below] : along[block]);
        }

        return around;
    }

    private static float Least(float a, float b, float c)
    {
        float least = a < b ? a : b;
        return c < least ? c : least;
    }
}
