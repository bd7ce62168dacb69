namespace OdmNode.Core.Options;

/// <summary>Finds what somebody probably meant.</summary>
internal static class NearestName
{
    /// <returns>The candidate with the smallest edit distance, if that is at most a third of the name (at least 2, but never half of it); else null.</returns>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        var best = default(string);
        var bestDistance = Math.Min(Math.Max(2, name.Length / 3), (name.Length - 1) / 2) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Edit distance in which swapping two neighbours costs one (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var width = b.Length + 1;
        var table = new int[(a.Length + 1) * width];
        for (var j = 0; j < width; j++)
        {
            table[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var row = i * width;
            table[row] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = table[row - width + j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var best = Math.Min(substitution, Math.Min(table[row - width + j], table[row + j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, table[row - (2 * width) + j - 2] + 1);
                }

                table[row + j] = best;
            }
        }

        return table[^1];
    }
}
