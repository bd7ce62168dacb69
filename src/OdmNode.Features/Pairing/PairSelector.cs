using OdmNode.Geometry.Geodesy;
using OdmNode.Geometry.Linear;

namespace OdmNode.Features.Pairing;

/// <summary>Chooses the pairs of photos that may overlap, so that the cost of matching grows with the number of photos.</summary>
/// <remarks>
/// A photo is paired with its nearest photos in plan: at least a fixed number, more where the ground it sees
/// overlaps theirs. Photos without position are paired with every other; the rest of the survey keeps its neighbours.
/// </remarks>
public static class PairSelector
{
    private const double AssumedFlyingHeightMetres = 100;

    /// <summary>The pairs of a survey.</summary>
    /// <param name="photos">n photos; the indices of the result point into it.</param>
    /// <param name="options">How many.</param>
    /// <returns>Each pair once, A less than B, in ascending order.</returns>
    public static IReadOnlyList<ImagePair> Select(IReadOnlyList<PhotoPlace> photos, PairOptions options)
    {
        ArgumentNullException.ThrowIfNull(photos);
        ArgumentNullException.ThrowIfNull(options);
        int[] placed = [.. Enumerable.Range(0, photos.Count).Where(i => photos[i].Position is not null)];
        bool few = options.Neighbors == 0 && photos.Count <= options.ExhaustiveUpTo;
        if (few || placed.Length < 3)
        {
            return AllPairs(photos.Count);
        }

        var pairs = new HashSet<ImagePair>();
        for (int i = 0; i < photos.Count; i++)
        {
            for (int j = 0; photos[i].Position is null && j < photos.Count; j++)
            {
                Add(pairs, i, j);
            }
        }

        Vector2D[] plan = PlanOf(photos, placed, out double[] radii);
        var grid = new PlanGrid(plan);
        int most = options.Neighbors > 0 ? options.Neighbors : options.MostNeighbors;
        int fewest = options.Neighbors > 0 ? options.Neighbors : options.FewestNeighbors;
        for (int i = 0; i < placed.Length; i++)
        {
            IReadOnlyList<int> nearest = grid.Nearest(i, most);
            for (int rank = 0; rank < nearest.Count; rank++)
            {
                int j = nearest[rank];
                // Circles of half the diagonal of what the photos see on flat ground.
                if (rank < fewest || (plan[i] - plan[j]).Length < radii[i] + radii[j])
                {
                    Add(pairs, placed[i], placed[j]);
                }
            }
        }

        Connect(plan, placed, pairs, photos.Count);
        return Sorted(pairs);
    }

    private static List<ImagePair> AllPairs(int count)
    {
        var pairs = new List<ImagePair>(count * Math.Max(0, count - 1) / 2);
        for (int i = 0; i < count; i++)
        {
            for (int j = i + 1; j < count; j++)
            {
                pairs.Add(new ImagePair(i, j));
            }
        }

        return pairs;
    }

    private static void Add(HashSet<ImagePair> pairs, int i, int j)
    {
        if (i != j)
        {
            pairs.Add(new ImagePair(Math.Min(i, j), Math.Max(i, j)));
        }
    }

    private static List<ImagePair> Sorted(HashSet<ImagePair> pairs) =>
        [.. pairs.OrderBy(static pair => pair.A).ThenBy(static pair => pair.B)];

    // Plan positions in metres about the first photo, and half the diagonal of each footprint. The ground is taken to
    // lie as far below the lowest photo as is usual; altitudes tell only how much higher the others are.
    private static Vector2D[] PlanOf(IReadOnlyList<PhotoPlace> photos, int[] placed, out double[] radii)
    {
        GeodeticPosition first = photos[placed[0]].Position!.Value;
        var frame = new LocalFrame(first with { HeightMetres = 0 });
        double lowest = placed
            .Select(i => photos[i].Position!.Value.HeightMetres)
            .Where(double.IsFinite)
            .DefaultIfEmpty(0)
            .Min();
        var plan = new Vector2D[placed.Length];
        radii = new double[placed.Length];
        for (int i = 0; i < placed.Length; i++)
        {
            PhotoPlace photo = photos[placed[i]];
            GeodeticPosition position = photo.Position!.Value;
            Vector3D local = frame.FromGeodetic(position with { HeightMetres = 0 });
            plan[i] = new Vector2D(local.X, local.Y);
            double above = double.IsFinite(position.HeightMetres) ? position.HeightMetres - lowest : 0;
            double longest = (AssumedFlyingHeightMetres + above) / photo.FocalRatio;
            radii[i] = 0.5 * longest * Math.Sqrt(1 + (photo.AspectRatio * photo.AspectRatio));
        }

        return plan;
    }

    // Neighbours alone can leave clusters apart, as with many photos from one spot: join them by the shortest links.
    private static void Connect(Vector2D[] plan, int[] placed, HashSet<ImagePair> pairs, int photoCount)
    {
        int[] parent = [.. Enumerable.Range(0, photoCount)];
        int Root(int i)
        {
            while (parent[i] != i)
            {
                parent[i] = parent[parent[i]];
                i = parent[i];
            }

            return i;
        }

        foreach (ImagePair pair in pairs)
        {
            parent[Root(pair.A)] = Root(pair.B);
        }

        while (true)
        {
            int[] inside = [.. Enumerable.Range(0, placed.Length).Where(i => Root(placed[i]) == Root(placed[0]))];
            int[] outside = [.. Enumerable.Range(0, placed.Length).Where(i => Root(placed[i]) != Root(placed[0]))];
            if (outside.Length == 0)
            {
                return;
            }

            (int i, int j) = Closest(plan, inside, outside);
            Add(pairs, placed[i], placed[j]);
            parent[Root(placed[i])] = Root(placed[j]);
        }
    }

    private static (int Inside, int Outside) Closest(Vector2D[] plan, int[] inside, int[] outside)
    {
        (int, int) closest = (inside[0], outside[0]);
        double least = double.PositiveInfinity;
        foreach (int i in inside)
        {
            foreach (int j in outside)
            {
                double distance = (plan[i] - plan[j]).LengthSquared;
                if (distance < least)
                {
                    (least, closest) = (distance, (i, j));
                }
            }
        }

        return closest;
    }
}
