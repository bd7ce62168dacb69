namespace OdmNode.Dense.Texturing;

/// <summary>For each face the photos that may colour it, in one flat table.</summary>
internal sealed class Candidates
{
    private Candidates(int[] start, int[] views, FaceScore[] scores)
    {
        Start = start;
        Views = views;
        Scores = scores;
    }

    /// <summary>Face f has the entries Start[f] to Start[f + 1] − 1.</summary>
    public int[] Start { get; }

    /// <summary>View of an entry; ascending within a face.</summary>
    public int[] Views { get; }

    public FaceScore[] Scores { get; }

    /// <summary>Entry of a face and a view, or -1.</summary>
    public int Find(int face, int view)
    {
        int found = Array.BinarySearch(Views, Start[face], Start[face + 1] - Start[face], view);
        return found < 0 ? -1 : found;
    }

    /// <summary>All views of all faces, except those that are partly hidden where another sees the whole face.</summary>
    public static Candidates Of(int faces, IReadOnlyList<FaceScore[]> scoresOfViews)
    {
        var whole = new bool[faces];
        foreach (FaceScore score in scoresOfViews.SelectMany(scores => scores))
        {
            whole[score.Face] |= score.Hidden == 0;
        }

        var start = new int[faces + 1];
        foreach (FaceScore score in scoresOfViews.SelectMany(scores => scores))
        {
            start[score.Face + 1] += score.Hidden == 0 || !whole[score.Face] ? 1 : 0;
        }

        for (int f = 0; f < faces; f++)
        {
            start[f + 1] += start[f];
        }

        int[] next = [.. start];
        var views = new int[start[faces]];
        var kept = new FaceScore[start[faces]];
        for (int view = 0; view < scoresOfViews.Count; view++)
        {
            foreach (FaceScore score in scoresOfViews[view])
            {
                if (score.Hidden == 0 || !whole[score.Face])
                {
                    int entry = next[score.Face]++;
                    views[entry] = view;
                    kept[entry] = score;
                }
            }
        }

        return new Candidates(start, views, kept);
    }
}
