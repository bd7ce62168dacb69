namespace OdmNode.Geospatial.Cutlines;

/// <summary>What it costs a line to pass a cell: little along edges of the picture, much where nothing is known.</summary>
internal static class EdgeCosts
{
    /// <summary>The cost of a cell that has no colour.</summary>
    public const byte Unknown = 64;

    private const int Least = 2;
    private const int Range = 30;
    private const double StrongShare = 0.95;
    private const int Bins = 1024;

    /// <param name="pixels">Red, green, blue and alpha of every cell of the band's raster.</param>
    /// <param name="ring">The band.</param>
    /// <returns>For each cell of the band.</returns>
    public static byte[] Of(byte[] pixels, RingBand ring)
    {
        float[] strengths = new float[ring.Cells.Length];
        int[] histogram = new int[Bins];
        int known = 0;
        for (int i = 0; i < strengths.Length; i++)
        {
            strengths[i] = StrengthAt(pixels, ring, ring.Cells[i]);
            if (strengths[i] >= 0)
            {
                histogram[BinOf(strengths[i])]++;
                known++;
            }
        }

        // One strong edge, a car on asphalt, must not make all others look weak.
        int bin = 0;
        for (long below = histogram[0]; bin < Bins - 1 && below < StrongShare * known; below += histogram[bin])
        {
            bin++;
        }

        float strong = (bin + 1) * (256f / Bins);
        byte[] costs = new byte[strengths.Length];
        for (int i = 0; i < costs.Length; i++)
        {
            float lack = 1 - Math.Min(1, strengths[i] / strong);
            costs[i] = strengths[i] < 0 ? Unknown : (byte)(Least + (int)(Range * lack * lack));
        }

        return costs;
    }

    private static int BinOf(float strength) => Math.Min(Bins - 1, (int)(strength * (Bins / 256f)));

    /// <summary>Size of the gradient of brightness by Sobel's operator, grey levels per cell; negative beside unknown cells.</summary>
    private static float StrengthAt(byte[] pixels, RingBand ring, int cell)
    {
        (int column, int row) = (cell % ring.Width, cell / ring.Width);
        if (column == 0 || row == 0 || column == ring.Width - 1 || row == ring.Height - 1)
        {
            return -1;
        }

        int across = 0;
        int down = 0;
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                int at = 4 * (cell + (dy * ring.Width) + dx);
                if (pixels[at + 3] < byte.MaxValue)
                {
                    return -1;
                }

                int light = (54 * pixels[at]) + (183 * pixels[at + 1]) + (19 * pixels[at + 2]);
                across += dx * (dy == 0 ? 2 : 1) * light;
                down += dy * (dx == 0 ? 2 : 1) * light;
            }
        }

        return MathF.Sqrt(((float)across * across) + ((float)down * down)) / (8 * 256);
    }
}
