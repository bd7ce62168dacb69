namespace OdmNode.Geospatial.Cutlines;

/// <summary>The cheapest path in a ring that goes once around its middle and ends where it began.</summary>
/// <remarks>
/// Cells are told apart by how often the way to them crossed the ring's ray (a sheet each), so a path around the middle leads from a
/// cell on one sheet to the same cell on the next. Its beginning is found by a first search that may end elsewhere on the ray than it
/// began: the cell half-way is far from that freedom, and the second search goes from it once around to itself. Costs are small whole
/// numbers, so the queue is a circle of buckets: R. B. Dial, Algorithm 360, Communications of the ACM 12 (1969).
/// </remarks>
internal sealed class ClosedPathSearch
{
    private const int LowestSheet = -1;
    private const int Sheets = 4;
    private const int StraightWeight = 5;
    private const int DiagonalWeight = 7;
    private const int Buckets = 1024;
    private const int Unreached = int.MaxValue;
    private static readonly (int X, int Y)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1)];

    private readonly RingBand ring;
    private readonly byte[] costs;
    private readonly int[] distances;
    private readonly byte[] arrivals;
    private readonly List<int>[] buckets = new List<int>[Buckets];

    private ClosedPathSearch(RingBand ring, byte[] costs)
    {
        this.ring = ring;
        this.costs = costs;
        distances = new int[Sheets * ring.Cells.Length];
        arrivals = new byte[distances.Length];
        for (int i = 0; i < Buckets; i++)
        {
            buckets[i] = [];
        }
    }

    /// <returns>Cells, row × width + column, the first not repeated; null where no path leads around.</returns>
    public static IReadOnlyList<int>? Find(RingBand ring, byte[] costs, CancellationToken cancellationToken)
    {
        if (ring.RayColumn < 0)
        {
            return null;
        }

        var onRay = new List<int>();
        for (int column = ring.RayColumn; column < ring.Width; column++)
        {
            if (ring.NumberOf(column, ring.RayRow) is >= 0 and int number)
            {
                onRay.Add(number);
            }
        }

        var search = new ClosedPathSearch(ring, costs);
        List<int>? open = search.Path(onRay, cancellationToken);
        List<int>? closed = open is null ? null : search.Path([open[open.Count / 2]], cancellationToken);
        if (closed is null)
        {
            return null;
        }

        closed.RemoveAt(closed.Count - 1);
        return closed.ConvertAll(number => ring.Cells[number]);
    }

    /// <summary>The cheapest path from one of some cells, once around, to one of them.</summary>
    private List<int>? Path(List<int> ends, CancellationToken cancellationToken)
    {
        int count = ring.Cells.Length;
        Array.Fill(distances, Unreached);
        var targets = new HashSet<int>();
        foreach (int end in ends)
        {
            int start = (-LowestSheet * count) + end;
            distances[start] = 0;
            arrivals[start] = byte.MaxValue;
            buckets[0].Add(start);
            targets.Add(start + count);
        }

        int reached = -1;
        int waiting = ends.Count;
        for (int distance = 0; waiting > 0 && reached < 0; distance++)
        {
            List<int> bucket = buckets[distance % Buckets];
            if ((distance & 0xfff) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            for (int i = 0; i < bucket.Count; i++)
            {
                int state = bucket[i];
                waiting--;
                if (distances[state] != distance)
                {
                    continue;
                }

                if (targets.Contains(state))
                {
                    reached = state;
                    break;
                }

                waiting += Spread(state, distance);
            }

            bucket.Clear();
        }

        foreach (List<int> bucket in buckets)
        {
            bucket.Clear();
        }

        return reached < 0 ? null : Trace(reached);
    }

    /// <returns>How many states it put into the queue.</returns>
    private int Spread(int state, int distance)
    {
        int count = ring.Cells.Length;
        (int sheet, int number) = Math.DivRem(state, count);
        (int row, int column) = Math.DivRem(ring.Cells[number], ring.Width);
        int added = 0;
        for (int step = 0; step < Steps.Length; step++)
        {
            (int nextColumn, int nextRow) = (column + Steps[step].X, row + Steps[step].Y);
            int next = ring.NumberOf(nextColumn, nextRow);
            int nextSheet = sheet + ring.Crossing(column, row, nextColumn, nextRow);
            if (next < 0 || (uint)nextSheet >= Sheets)
            {
                continue;
            }

            int length = (costs[number] + costs[next]) * (step < 4 ? StraightWeight : DiagonalWeight);
            int nextState = (nextSheet * count) + next;
            if (distance + length < distances[nextState])
            {
                distances[nextState] = distance + length;
                arrivals[nextState] = (byte)step;
                buckets[(distance + length) % Buckets].Add(nextState);
                added++;
            }
        }

        return added;
    }

    private List<int> Trace(int state)
    {
        int count = ring.Cells.Length;
        var path = new List<int> { state % count };
        while (arrivals[state] != byte.MaxValue)
        {
            (int sheet, int number) = Math.DivRem(state, count);
            (int row, int column) = Math.DivRem(ring.Cells[number], ring.Width);
            (int x, int y) = Steps[arrivals[state]];
            (int beforeColumn, int beforeRow) = (column - x, row - y);
            int before = ring.NumberOf(beforeColumn, beforeRow);
            state = ((sheet - ring.Crossing(beforeColumn, beforeRow, column, row)) * count) + before;
            path.Add(before);
        }

        path.Reverse();
        return path;
    }
}
