namespace OdmNode.Geospatial.Elevation;

/// <summary>A surface cut at its steps: neighbours in a row or a column less than a step apart are of one piece.</summary>
/// <remarks>
/// Runs along the rows are numbered, and joined to those above (union-find, R. Tarjan, JACM 22 (1975)); cells of a run cost one comparison each.
/// </remarks>
internal sealed class SurfacePieces
{
    private const int Unknown = -1;
    private readonly int[] runs;
    private readonly List<int> parents;

    private SurfacePieces(int[] runs, List<int> parents) => (this.runs, this.parents) = (runs, parents);

    /// <param name="heights">height × width metres; NaN where unknown, which is of no piece.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="step">A height difference at which a piece ends, metres.</param>
    public static SurfacePieces Of(float[] heights, int width, int height, float step)
    {
        int[] runs = new int[heights.Length];
        var parents = new List<int>();
        for (int i = 0, row = 0; row < height; row++)
        {
            int run = Unknown;
            int joined = Unknown;
            float left = float.NaN;
            for (int column = 0; column < width; column++, i++)
            {
                float here = heights[i];
                if (float.IsNaN(here))
                {
                    run = Unknown;
                }
                else if (run == Unknown || !(Math.Abs(here - left) < step))
                {
                    run = parents.Count;
                    joined = Unknown;
                    parents.Add(run);
                }

                if (row > 0 && Math.Abs(here - heights[i - width]) < step && runs[i - width] != joined)
                {
                    joined = runs[i - width];
                    Join(parents, run, joined);
                }

                runs[i] = run;
                left = here;
            }
        }

        return new SurfacePieces(runs, parents);
    }

    /// <summary>The cells of each piece that has no more than some, in ascending order; the pieces by their first cells.</summary>
    public List<int>[] NoLargerThan(int most)
    {
        int[] roots = new int[parents.Count];
        int[] sizes = new int[parents.Count];
        for (int run = 0; run < roots.Length; run++)
        {
            roots[run] = Root(parents, run);
        }

        foreach (int run in runs)
        {
            if (run != Unknown)
            {
                sizes[roots[run]]++;
            }
        }

        var cells = new List<int>?[parents.Count];
        for (int i = 0; i < runs.Length; i++)
        {
            if (runs[i] != Unknown && sizes[roots[runs[i]]] <= most)
            {
                (cells[roots[runs[i]]] ??= []).Add(i);
            }
        }

        return [.. cells.OfType<List<int>>()];
    }

    private static void Join(List<int> parents, int a, int b)
    {
        int one = Root(parents, a);
        int other = Root(parents, b);
        parents[Math.Max(one, other)] = Math.Min(one, other);
    }

    private static int Root(List<int> parents, int run)
    {
        while (parents[run] != run)
        {
            parents[run] = parents[parents[run]];
            run = parents[run];
        }

        return run;
    }
}
