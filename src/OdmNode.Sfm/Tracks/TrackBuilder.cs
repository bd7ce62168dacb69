namespace OdmNode.Sfm.Tracks;

/// <summary>Joins the matches of all pairs into tracks.</summary>
/// <remarks>
/// Union-find, the pairs with most matches first, and a union is refused when it would give a track two features of one photo:
/// a wrong match then costs one edge, where dropping every inconsistent track would cost all that it touches.
/// P. Moulon and P. Monasse, Unordered feature tracking made fast and easy, CVMP 2012, drop them instead.
/// </remarks>
public static class TrackBuilder
{
    /// <summary>Tracks of two elements or more, ordered by their first element (photo, then feature).</summary>
    /// <param name="featureCounts">Number of features of each photo.</param>
    /// <param name="pairs">Verified matches; the order does not matter.</param>
    public static TrackSet Build(IReadOnlyList<int> featureCounts, IReadOnlyList<SfmPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(featureCounts);
        ArgumentNullException.ThrowIfNull(pairs);
        var firstNode = new int[featureCounts.Count + 1];
        for (int photo = 0; photo < featureCounts.Count; photo++)
        {
            firstNode[photo + 1] = firstNode[photo] + featureCounts[photo];
        }

        var sets = new PhotoDisjointSets(firstNode);
        foreach (SfmPair pair in pairs.OrderByDescending(static p => p.Count).ThenBy(static p => p.First).ThenBy(static p => p.Second))
        {
            for (int m = 0; m < pair.Matches.Length; m += 2)
            {
                sets.TryJoin(firstNode[pair.First] + pair.Matches[m], firstNode[pair.Second] + pair.Matches[m + 1]);
            }
        }

        return sets.ToTracks();
    }
}
