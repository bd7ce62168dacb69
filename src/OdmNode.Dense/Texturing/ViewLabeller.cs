namespace OdmNode.Dense.Texturing;

/// <summary>Chooses a photo for each face: the best ones, with few seams.</summary>
/// <remarks>
/// A Potts model over the faces, solved by min-sum belief propagation that passes messages along the order of the faces,
/// forth and back (the order of V. Kolmogorov, Convergent tree-reweighted message passing, PAMI 28 (2006)), so that the
/// result does not depend on threads.
/// </remarks>
internal sealed class ViewLabeller
{
    private const int Sweeps = 6;
    private readonly Candidates candidates;
    private readonly int[] neighbours;
    private readonly float[] costs;
    private readonly float seamCost;

    // The message to face f across its edge e has Count(f) values from 3 Start[f] + e Count(f).
    private readonly float[] messages;

    private ViewLabeller(Candidates candidates, int[] neighbours, float[] costs, float seamCost)
    {
        this.candidates = candidates;
        this.neighbours = neighbours;
        this.costs = costs;
        this.seamCost = seamCost;
        messages = new float[3L * costs.Length];
    }

    /// <returns>A view for each face, -1 where no photo sees it.</returns>
    public static int[] Label(
        Candidates candidates, int[] neighbours, float[] costs, float seamCost, CancellationToken cancellationToken)
    {
        var labeller = new ViewLabeller(candidates, neighbours, costs, seamCost);
        int faces = neighbours.Length / 3;
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int f = 0; f < faces; f++)
            {
                labeller.Send(f, forward: true);
            }

            for (int f = faces - 1; f >= 0; f--)
            {
                labeller.Send(f, forward: false);
            }
        }

        int[] labels = [.. Enumerable.Range(0, faces).Select(labeller.Best)];
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            labeller.Settle(labels);
        }

        return labels;
    }

    private int Count(int face) => candidates.Start[face + 1] - candidates.Start[face];

    private float Belief(int face, int i)
    {
        int count = Count(face);
        int at = (3 * candidates.Start[face]) + i;
        return costs[candidates.Start[face] + i] + messages[at] + messages[at + count] + messages[at + (2 * count)];
    }

    private void Send(int face, bool forward)
    {
        int count = Count(face);
        if (count == 0)
        {
            return;
        }

        int start = candidates.Start[face];
        for (int e = 0; e < 3; e++)
        {
            int other = neighbours[(3 * face) + e];
            if (other < 0 || other > face != forward || Count(other) == 0)
            {
                continue;
            }

            int incoming = (3 * start) + (e * count);
            float least = float.MaxValue;
            for (int i = 0; i < count; i++)
            {
                least = Math.Min(least, Belief(face, i) - messages[incoming + i]);
            }

            int back = EdgeTo(other, face);
            int otherCount = Count(other);
            int outgoing = (3 * candidates.Start[other]) + (back * otherCount);
            int mine = 0;
            for (int j = 0; j < otherCount; j++)
            {
                int view = candidates.Views[candidates.Start[other] + j];
                while (mine < count && candidates.Views[start + mine] < view)
                {
                    mine++;
                }

                bool shared = mine < count && candidates.Views[start + mine] == view;
                messages[outgoing + j] = shared
                    ? Math.Min(seamCost, Belief(face, mine) - messages[incoming + mine] - least)
                    : seamCost;
            }
        }
    }

    private int Best(int face)
    {
        int best = -1;
        float least = float.MaxValue;
        for (int i = 0; i < Count(face); i++)
        {
            float belief = Belief(face, i);
            if (belief < least)
            {
                least = belief;
                best = candidates.Views[candidates.Start[face] + i];
            }
        }

        return best;
    }

    /// <summary>Lets each face take the label that is cheapest beside its neighbours'; belief propagation leaves ties behind.</summary>
    private void Settle(int[] labels)
    {
        for (int face = 0; face < labels.Length; face++)
        {
            float least = float.MaxValue;
            int best = labels[face];
            for (int entry = candidates.Start[face]; entry < candidates.Start[face + 1]; entry++)
            {
                float cost = costs[entry];
                for (int e = 0; e < 3; e++)
                {
                    int other = neighbours[(3 * face) + e];
                    cost += other >= 0 && labels[other] >= 0 && labels[other] != candidates.Views[entry] ? seamCost : 0;
                }

                if (cost < least || (cost == least && candidates.Views[entry] == labels[face]))
                {
                    least = cost;
                    best = candidates.Views[entry];
                }
            }

            labels[face] = best;
        }
    }

    private int EdgeTo(int face, int other)
    {
        int at = 3 * face;
        return neighbours[at] == other ? 0 : neighbours[at + 1] == other ? 1 : 2;
    }
}
