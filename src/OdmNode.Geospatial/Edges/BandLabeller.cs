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
        int[] members = [.. Enumerable.Range(0, heights.Length).Where(cell => !float.IsNaN(band.Upper[cell]))];
        var costs = new (float Up, float Low)[heights.Length];
        float[] balance = new float[heights.Length];
        foreach ((int dx, int dy) in Directions)
        {
            for (int i = 0; i < members.Length; i++)
            {
                // Every cell after the one before it on its path.
                int cell = dy > 0 || (dy == 0 && dx > 0) ? members[i] : members[^(i + 1)];
                (int y, int x) = Math.DivRem(cell, band.Width);
                (float up, float low) = (upperCosts[cell], lowerCosts[cell]);
                if ((uint)(x - dx) < (uint)band.Width && (uint)(y - dy) < (uint)band.Height)
                {
                    int from = ((y - dy) * band.Width) + x - dx;
                    (float toUp, float toLow) = Passage(band, heights, costs[from], cell, from, PenaltyBetween(guide[cell], guide[from]));
                    (up, low) = (up + toUp, low + toLow);
                }

                costs[cell] = (up, low);
                balance[cell] += low - up;
            }
        }

        byte[] labels = new byte[heights.Length];
        foreach (int cell in members)
        {
            labels[cell] = balance[cell] > 0 ? (byte)1 : (byte)0;
        }

        return labels;
    }

    /// <summary>What it costs to come from a cell to the next and have the one label or the other there.</summary>
    private static (float Up, float Low) Passage(
        StepBand band, float[] heights, (float Up, float Low) before, int cell, int from, float penalty)
    {
        if (!float.IsNaN(band.Upper[from]))
        {
            float least = Math.Min(before.Up, before.Low);
            return (Math.Min(before.Up, before.Low + penalty) - least, Math.Min(before.Low, before.Up + penalty) - least);
        }

        if (float.IsNaN(heights[from]))
        {
            return (0, 0);
        }

        bool isUpper = Math.Abs(heights[from] - band.Upper[cell]) < Math.Abs(heights[from] - band.Lower[cell]);
        return isUpper ? (0, penalty) : (penalty, 0);
    }

    private static float PenaltyBetween(float a, float b)
    {
        float contrast = Math.Abs(a - b);
        return float.IsNaN(contrast) ? Penalty : Penalty * (0.1f + (0.9f * MathF.Exp(-contrast / EdgeContrast)));
    }
}
