namespace OdmNode.Geospatial.Edges;

/// <summary>Decides for the cells of a band between the surface above and that below.</summary>
/// <remarks>
/// Costs are aggregated along eight directions (H. Hirschmüller, Stereo processing by semiglobal matching and mutual
/// information, PAMI 30 (2008)) with two labels; a change of label is cheap where the picture has an edge.
/// </remarks>
internal static class BandLabeller
{
    private const float Penalty = 0.9f;
    private const float EdgeContrast = 10;
    private static readonly (int X, int Y)[] Directions = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)];

    /// <summary>1 for the surface above, 0 for that below, for the cells of the band; undefined elsewhere.</summary>
    /// <param name="band">Cells and their two heights.</param>
    /// <param name="heights">The surface as it is; decides at the rim of the band.</param>
    /// <param name="upperCosts">From 0 to 1.</param>
    /// <param name="lowerCosts">From 0 to 1.</param>
    /// <param name="guide">Brightness of the photo that sees the surface above best, 0 to 255; NaN where none does.</param>
    public static byte[] Label(StepBand band, float[] heights, float[] upperCosts, float[] lowerCosts, float[] guide)
    {
        float[] balance = new float[heights.Length];
        foreach ((int dx, int dy) in Directions)
        {
            Aggregate(band, heights, upperCosts, lowerCosts, guide, dx, dy, balance);
        }

        byte[] labels = new byte[heights.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = balance[i] > 0 ? (byte)1 : (byte)0;
        }

        return labels;
    }

    /// <summary>Adds, for every cell of the band, how much dearer the lower label is along one direction.</summary>
    private static void Aggregate(
        StepBand band, float[] heights, float[] upperCosts, float[] lowerCosts, float[] guide, int dx, int dy, float[] balance)
    {
        float[] up = new float[heights.Length];
        float[] low = new float[heights.Length];
        int width = band.Width;
        int height = band.Height;
        int firstX = dx >= 0 ? 0 : width - 1;
        int firstY = dy >= 0 ? 0 : height - 1;
        for (int row = 0; row < height; row++)
        {
            int y = firstY + (dy >= 0 ? row : -row);
            for (int column = 0; column < width; column++)
            {
                int x = firstX + (dx >= 0 ? column : -column);
                int cell = (y * width) + x;
                if (float.IsNaN(band.Upper[cell]))
                {
                    continue;
                }

                up[cell] = upperCosts[cell];
                low[cell] = lowerCosts[cell];
                int fromX = x - dx;
                int fromY = y - dy;
                if ((uint)fromX < (uint)width && (uint)fromY < (uint)height)
                {
                    int from = (fromY * width) + fromX;
                    float penalty = PenaltyBetween(guide[cell], guide[from]);
                    if (!float.IsNaN(band.Upper[from]))
                    {
                        float least = Math.Min(up[from], low[from]);
                        up[cell] += Math.Min(up[from], low[from] + penalty) - least;
                        low[cell] += Math.Min(low[from], up[from] + penalty) - least;
                    }
                    else if (!float.IsNaN(heights[from]))
                    {
                        bool isUpper = Math.Abs(heights[from] - band.Upper[cell]) < Math.Abs(heights[from] - band.Lower[cell]);
                        up[cell] += isUpper ? 0 : penalty;
                        low[cell] += isUpper ? penalty : 0;
                    }
                }

                balance[cell] += low[cell] - up[cell];
            }
        }
    }

    private static float PenaltyBetween(float a, float b)
    {
        float contrast = Math.Abs(a - b);
        return float.IsNaN(contrast) ? Penalty : Penalty * (0.1f + (0.9f * MathF.Exp(-contrast / EdgeContrast)));
    }
}
