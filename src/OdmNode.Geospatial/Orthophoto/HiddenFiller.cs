using OdmNode.Geospatial.Elevation;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>
/// Gives calm colours to ground that no photo shows: those of the visible ground around it, spread smoothly, without texture
/// that would claim to be there. What stands higher, such as the wall or tree that hides it, has no say.
/// </summary>
/// <remarks>
/// Beside a building hidden ground is a strip. Where it goes on for many metres, as behind a wood at the rim of a survey, nothing is known of
/// it, the surface least of all: there the photo that is hidden least says more than a smear would.
/// </remarks>
internal static class HiddenFiller
{
    /// <summary>Cells around a hidden cell that its colour may depend on.</summary>
    public const int ReachCells = 256;

    /// <summary>Alpha of a cell that is hidden; its colour is that of the least hidden photo, for want of a better.</summary>
    public const byte HiddenAlpha = 1;

    /// <summary>
    /// Alpha of a cell hidden so little, or so close to hidden ones, that its colour may be that of what hides them; one that stands higher keeps it.
    /// </summary>
    public const byte RimAlpha = 2;

    private const int Levels = 6;
    private const int BlockCells = 4;
    private const int RimBlocks = 3;
    private const int SmoothingRounds = 16;
    private const float StepMetres = 0.4f;

    /// <summary>Most cells that a strip is wide: within what the levels reach.</summary>
    private const int MostStripCells = 120;

    /// <summary>Shares of a strip's width: so near to where it is wide the photo has all the say, and so far from there it has none.</summary>
    private const float PhotoShare = 0.625f;
    private const float GroundShare = 0.875f;

    /// <param name="pixels">height × width × 4 bytes; hidden cells are given colours and an alpha of 255.</param>
    /// <param name="heights">height × width metres; overwritten.</param>
    /// <param name="cells">The rectangle; it begins at multiples of 4 cells.</param>
    /// <param name="stripCells">Hidden ground farther from visible one is wide; see <see cref="OrthophotoOptions.HiddenStripMetres"/>.</param>
    public static void Fill(byte[] pixels, float[] heights, CellRectangle cells, double stripCells)
    {
        (int[] hidden, int[] sources) = Parted(pixels, heights, cells);
        float[] shares = Shares(hidden, sources, cells, (float)Math.Min(MostStripCells, stripCells));
        float[] values = heights;
        for (int channel = 0; channel < 3 && hidden.Length > 0; channel++)
        {
            Array.Fill(values, float.NaN);
            foreach (int i in sources)
            {
                values[i] = pixels[(4 * i) + channel];
            }

            PullPush.Fill(values, cells.Width, cells.Height, cells.X, cells.Y, Levels, hidden);
            foreach (int i in hidden)
            {
                values[i] = float.IsNaN(values[i]) ? pixels[(4 * i) + channel] : values[i];
            }

            GapSmoother.Smooth(values, hidden, cells.Width, cells.Height, SmoothingRounds);
            for (int k = 0; k < hidden.Length; k++)
            {
                ref byte pixel = ref pixels[(4 * hidden[k]) + channel];
                pixel = (byte)Math.Clamp((int)(pixel + (shares[k] * (values[hidden[k]] - pixel)) + 0.5f), 0, 255);
            }
        }

        foreach (int i in hidden)
        {
            pixels[(4 * i) + 3] = 255;
        }
    }

    /// <summary>What share of the colour of each hidden cell is that of the ground around it: all but where hidden ground is wide.</summary>
    private static float[] Shares(int[] hidden, int[] sources, CellRectangle cells, float stripCells)
    {
        float[] shares = new float[hidden.Length];
        Array.Fill(shares, 1);
        if (hidden.Length == 0)
        {
            return shares;
        }

        float strip = stripCells * ChamferDistance.Unit;
        ushort[] distances = ChamferDistance.From(sources, cells.Width, cells.Height);
        int[] wide = [.. hidden.Where(i => distances[i] > strip)];
        if (wide.Length == 0)
        {
            return shares;
        }

        distances = ChamferDistance.From(wide, cells.Width, cells.Height);
        for (int k = 0; k < shares.Length; k++)
        {
            shares[k] = Math.Clamp(((distances[hidden[k]] / strip) - PhotoShare) / (GroundShare - PhotoShare), 0, 1);
        }

        return shares;
    }

    /// <summary>The hidden cells, and the visible ones beside them that stand no higher.</summary>
    private static (int[] Hidden, int[] Sources) Parted(byte[] pixels, float[] heights, CellRectangle cells)
    {
        int columns = (cells.Width + BlockCells - 1) / BlockCells;
        int rows = (cells.Height + BlockCells - 1) / BlockCells;
        float[] lowest = new float[columns * rows];
        int[] hiddenCells = new int[lowest.Length];
        Array.Fill(lowest, float.PositiveInfinity);
        for (int i = 0, y = 0; y < cells.Height; y++)
        {
            int line = y / BlockCells * columns;
            for (int x = 0; x < cells.Width; x++, i++)
            {
                if (pixels[(4 * i) + 3] is HiddenAlpha or RimAlpha)
                {
                    int block = line + (x / BlockCells);
                    lowest[block] = heights[i] < lowest[block] ? heights[i] : lowest[block];
                    hiddenCells[block]++;
                }
            }
        }

        // The rim of a hidden area shows what hides it, where that reaches farther than the surface knows.
        float[] core = [.. lowest.Select((height, block) => hiddenCells[block] == BlockCells * BlockCells ? height : float.PositiveInfinity)];
        core = Shrunk(core, columns, rows);
        for (int growth = 0; growth < RimBlocks + 1; growth++)
        {
            core = Spread(core, columns, rows);
        }

        float[] around = Spread(Spread(core, columns, rows), columns, rows);
        var hiddenOnes = new List<int>();
        var sources = new List<int>();
        for (int i = 0, y = 0; y < cells.Height; y++)
        {
            int line = y / BlockCells * columns;
            for (int x = 0; x < cells.Width; x++, i++)
            {
                ref byte alpha = ref pixels[(4 * i) + 3];
                int block = line + (x / BlockCells);
                bool isRim = !float.IsPositiveInfinity(core[block]) && heights[i] <= core[block] + StepMetres;
                alpha = alpha == 0 ? alpha : isRim ? HiddenAlpha : (byte)255;
                if (alpha == HiddenAlpha)
                {
                    hiddenOnes.Add(i);
                }
                else if (alpha == 255 && !float.IsPositiveInfinity(around[block]) && heights[i] <= around[block] + StepMetres)
                {
                    sources.Add(i);
                }
            }
        }

        return ([.. hiddenOnes], [.. sources]);
    }

    /// <summary>Only the blocks with hidden ones all around: specks keep the colours of the photo that is hidden least.</summary>
    private static float[] Shrunk(float[] lowest, int columns, int rows)
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
    private static float[] Spread(float[] lowest, int columns, int rows)
    {
        float[] around = new float[lowest.Length];
        for (int block = 0; block < around.Length; block++)
        {
            (int y, int x) = Math.DivRem(block, columns);
            around[block] = float.PositiveInfinity;
            for (int row = Math.Max(0, y - 1); row <= Math.Min(rows - 1, y + 1); row++)
            {
                for (int column = Math.Max(0, x - 1); column <= Math.Min(columns - 1, x + 1); column++)
                {
                    around[block] = Math.Min(around[block], lowest[(row * columns) + column]);
                }
            }
        }

        return around;
    }
}
