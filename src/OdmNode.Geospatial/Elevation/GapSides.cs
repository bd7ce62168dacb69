namespace OdmNode.Geospatial.Elevation;

/// <summary>
/// Which of the values around a gap bound it from below: what no photo sees lies behind something, so a gap continues the lower
/// of the surfaces that meet at it.
/// </summary>
/// <remarks>
/// From every known block beside a gap a cone of <see cref="Slope"/> rises through the gap, and through nothing else; the lowest
/// cone is the highest that the background can be there. Known cells above it, such as a roof's beside hidden ground, have no say in
/// the filling; a gap within a roof meets the roof alone and keeps its height.
/// </remarks>
internal sealed class GapSides
{
    private const float Slope = 0.5f;
    private const float SteepestFactor = 60;
    private readonly int block;
    private readonly int columns;
    private readonly int rows;
    private readonly bool[] isGap;
    private readonly float[] lowest;
    private readonly float[] highest;
    private readonly float[] way;
    private readonly float step;

    private GapSides(int block, int columns, int rows, float step)
    {
        this.block = block;
        this.columns = columns;
        this.rows = rows;
        this.step = step;
        isGap = new bool[columns * rows];
        lowest = new float[columns * rows];
        highest = new float[columns * rows];
        way = new float[columns * rows];
    }

    /// <param name="heights">height × width metres; NaN in gaps. The first cell begins a block.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="cellMetres">Edge of a cell, metres.</param>
    /// <param name="block">Edge of the blocks that the cones walk, cells.</param>
    /// <param name="reach">Farthest walk through a gap, blocks.</param>
    /// <param name="step">Metres above the cone that still belong to the background.</param>
    public static GapSides Of(ReadOnlySpan<float> heights, int width, int height, float cellMetres, int block, int reach, float step)
    {
        var sides = new GapSides(block, (width + block - 1) / block, (height + block - 1) / block, step);
        Array.Fill(sides.lowest, float.PositiveInfinity);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float value = heights[(y * width) + x];
                int at = (y / block * sides.columns) + (x / block);
                sides.isGap[at] |= float.IsNaN(value);
                sides.lowest[at] = value < sides.lowest[at] ? value : sides.lowest[at];
            }
        }

        sides.lowest.CopyTo(sides.highest, 0);
        sides.Walk(Slope * cellMetres * block, reach);
        return sides;
    }

    /// <summary>Whether a known cell lies beside a gap and on its lower side.</summary>
    public bool IsSource(int x, int y, float value)
    {
        int at = (y / block * columns) + (x / block);
        return value <= highest[at] + step && (isGap[at] || HasGapBeside(x / block, y / block));
    }

    /// <summary>A value for a gap's cell, held between the lowest height around it and the lowest cone, less and less towards the end of their reach.</summary>
    public float Held(int x, int y, float value)
    {
        int at = (y / block * columns) + (x / block);
        if (way[at] < 0.5f)
        {
            // Only near its own rim is a gap held from below: farther inside, other rims may be as good.
            value += Math.Min(1, 2 - (4 * way[at])) * (Math.Max(value, lowest[at]) - value);
        }

        return way[at] < 1 ? value + (Math.Min(1, 2 - (2 * way[at])) * (Math.Min(value, highest[at]) - value)) : value;
    }

    private bool HasGapBeside(int x, int y)
    {
        for (int row = Math.Max(0, y - 1); row <= Math.Min(rows - 1, y + 1); row++)
        {
            for (int column = Math.Max(0, x - 1); column <= Math.Min(columns - 1, x + 1); column++)
            {
                if (isGap[(row * columns) + column])
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Step by step from all sides at once, so that a value depends on nothing beyond the reach.</summary>
    /// <remarks>
    /// The way becomes steeper from round to round, so a block can only sink when one beside it sank in the round before: those alone are
    /// looked at, which changes no value.
    /// </remarks>
    private void Walk(float rise, int reach)
    {
        int[] front = [.. Enumerable.Range(0, isGap.Length).Where(at => isGap[at])];
        int count = front.Length;
        int[] sunk = new int[count];
        float[] sunkLowest = new float[count];
        float[] sunkHighest = new float[count];
        int[] calledIn = new int[isGap.Length];
        foreach (int at in front)
        {
            way[at] = float.IsPositiveInfinity(lowest[at]) ? 1 : 0;
        }

        for (int round = 0; round < reach && count > 0; round++)
        {
            float along = rise * Steepening(round, reach);
            float across = along * MathF.Sqrt(2);
            int changed = 0;
            for (int i = 0; i < count; i++)
            {
                int at = front[i];
                (float low, float high) = LeastBeside(at, along, across, along - rise);
                if (low < lowest[at] || high < highest[at])
                {
                    (sunk[changed], sunkLowest[changed], sunkHighest[changed]) = (at, low, high);
                    changed++;
                }
            }

            for (int i = 0; i < changed; i++)
            {
                int at = sunk[i];
                if (float.IsPositiveInfinity(lowest[at]) && !float.IsPositiveInfinity(sunkLowest[i]))
                {
                    way[at] = (round + 1f) / reach;
                }

                lowest[at] = sunkLowest[i];
                highest[at] = sunkHighest[i];
            }

            count = Call(sunk.AsSpan(0, changed), front, calledIn, round + 1);
        }

        LowerKnown(rise, rise * MathF.Sqrt(2));
    }

    /// <summary>The bounds of a block, lowered by those of the blocks around it.</summary>
    private (float Low, float High) LeastBeside(int at, float along, float across, float lift)
    {
        (int y, int x) = Math.DivRem(at, columns);
        float low = lowest[at];
        float high = highest[at];
        for (int row = Math.Max(0, y - 1); row <= Math.Min(rows - 1, y + 1); row++)
        {
            for (int column = Math.Max(0, x - 1); column <= Math.Min(columns - 1, x + 1); column++)
            {
                int beside = (row * columns) + column;
                float above = highest[beside] + (row != y && column != x ? across : along);
                float below = lowest[beside] + lift;
                low = below < low ? below : low;
                high = above < high ? above : high;
            }
        }

        return (low, high);
    }

    /// <summary>Lists the gap's blocks beside those that sank, each once.</summary>
    private int Call(ReadOnlySpan<int> sunk, int[] front, int[] calledIn, int round)
    {
        int count = 0;
        foreach (int at in sunk)
        {
            (int y, int x) = Math.DivRem(at, columns);
            for (int row = Math.Max(0, y - 1); row <= Math.Min(rows - 1, y + 1); row++)
            {
                for (int column = Math.Max(0, x - 1); column <= Math.Min(columns - 1, x + 1); column++)
                {
                    int beside = (row * columns) + column;
                    if (isGap[beside] && calledIn[beside] != round)
                    {
                        calledIn[beside] = round;
                        front[count++] = beside;
                    }
                }
            }
        }

        return count;
    }

    /// <summary>Both bounds bend up towards the end of their reach, so that they end above everything rather than in a step.</summary>
    private static float Steepening(int round, int reach)
    {
        float late = Math.Max(0, (2f * round / reach) - 1);
        return 1 + (SteepestFactor * late * late);
    }

    /// <summary>Known blocks beside a gap are judged by its cones too.</summary>
    private void LowerKnown(float rise, float diagonal)
    {
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                int at = (y * columns) + x;
                if (isGap[at])
                {
                    continue;
                }

                for (int row = Math.Max(0, y - 1); row <= Math.Min(rows - 1, y + 1); row++)
                {
                    for (int column = Math.Max(0, x - 1); column <= Math.Min(columns - 1, x + 1); column++)
                    {
                        int beside = (row * columns) + column;
                        if (isGap[beside])
                        {
                            highest[at] = Math.Min(highest[at], highest[beside] + (row != y && column != x ? diagonal : rise));
                        }
                    }
                }
            }
        }
    }
}
