namespace OdmNode.Dense.Filtering;

/// <summary>Finds the nearest neighbours of the points of a cloud by a grid of columns over the ground.</summary>
internal sealed class PointGrid
{
    private const int MaxRings = 16;
    private readonly float[] positions;
    private readonly int columns;
    private readonly int rows;
    private readonly float west;
    private readonly float south;
    private readonly float cell;
    private readonly int[] start;
    private readonly int[] order;

    /// <param name="positions">3n coordinates, metres.</param>
    /// <param name="cellSpacings">Edge of a cell in mean point spacings.</param>
    public PointGrid(float[] positions, float cellSpacings)
    {
        this.positions = positions;
        int count = positions.Length / 3;
        (west, south) = (float.PositiveInfinity, float.PositiveInfinity);
        float east = float.NegativeInfinity, north = float.NegativeInfinity;
        for (int i = 0; i < positions.Length; i += 3)
        {
            (west, east) = (MathF.Min(west, positions[i]), MathF.Max(east, positions[i]));
            (south, north) = (MathF.Min(south, positions[i + 1]), MathF.Max(north, positions[i + 1]));
        }

        float area = MathF.Max(1e-12f, (east - west) * (north - south));
        Spacing = MathF.Max(MathF.Sqrt(area / count), MathF.Max(east - west, north - south) / 30000);
        cell = MathF.Max(1e-6f, cellSpacings * Spacing);
        columns = (int)((east - west) / cell) + 1;
        rows = (int)((north - south) / cell) + 1;
        start = new int[(columns * rows) + 1];
        order = new int[count];
        for (int i = 0; i < count; i++)
        {
            start[CellOf(i) + 1]++;
        }

        for (int i = 1; i < start.Length; i++)
        {
            start[i] += start[i - 1];
        }

        int[] next = [.. start];
        for (int i = 0; i < count; i++)
        {
            order[next[CellOf(i)]++] = i;
        }
    }

    /// <summary>Mean distance of the points over the ground, metres.</summary>
    public float Spacing { get; }

    /// <summary>Mean distance from a point to its nearest others.</summary>
    /// <param name="point">Index.</param>
    /// <param name="nearest">Scratch; its length is the number of neighbours.</param>
    public float MeanDistance(int point, Span<float> nearest)
    {
        nearest.Fill(float.PositiveInfinity);
        int column = CellOf(point) % columns;
        int row = CellOf(point) / columns;
        for (int ring = 0; ring <= MaxRings; ring++)
        {
            // Whatever lies in a farther ring is at least so far away.
            float reached = (ring - 1) * cell;
            if (ring > 0 && nearest[^1] <= reached * reached)
            {
                break;
            }

            for (int y = Math.Max(0, row - ring); y <= Math.Min(rows - 1, row + ring); y++)
            {
                int step = y == row - ring || y == row + ring ? 1 : Math.Max(1, 2 * ring);
                for (int x = column - ring; x <= column + ring; x += step)
                {
                    if (x >= 0 && x < columns)
                    {
                        VisitCell((y * columns) + x, point, nearest);
                    }
                }
            }
        }

        float farthest = (MaxRings + 1) * cell;
        float sum = 0;
        foreach (float squared in nearest)
        {
            sum += MathF.Min(MathF.Sqrt(squared), farthest);
        }

        return sum / nearest.Length;
    }

    private void VisitCell(int index, int point, Span<float> nearest)
    {
        for (int i = start[index]; i < start[index + 1]; i++)
        {
            int other = order[i];
            float dx = positions[3 * other] - positions[3 * point];
            float dy = positions[(3 * other) + 1] - positions[(3 * point) + 1];
            float dz = positions[(3 * other) + 2] - positions[(3 * point) + 2];
            float squared = (dx * dx) + (dy * dy) + (dz * dz);
            if (other != point && squared < nearest[^1])
            {
                int at = nearest.Length - 1;
                for (; at > 0 && nearest[at - 1] > squared; at--)
                {
                    nearest[at] = nearest[at - 1];
                }

                nearest[at] = squared;
            }
        }
    }

    private int CellOf(int point) =>
        ((int)((positions[(3 * point) + 1] - south) / cell) * columns) + (int)((positions[3 * point] - west) / cell);
}
