namespace OdmNode.Sfm.Registration;

/// <summary>Says of each photo that was not placed why.</summary>
internal static class UnplacedReasons
{
    /// <param name="block">The finished block.</param>
    /// <param name="leftOut">Parts that were reconstructed but could not be joined to the rest; each by photo.</param>
    /// <param name="options">The thresholds that the sentences name.</param>
    public static IReadOnlyList<UnplacedPhoto> Of(Block block, IReadOnlyList<bool[]> leftOut, SfmOptions options)
    {
        var matches = new int[block.IsPlaced.Length];
        foreach (SfmPair pair in block.Input.Pairs)
        {
            matches[pair.First] = Math.Max(matches[pair.First], pair.Count);
            matches[pair.Second] = Math.Max(matches[pair.Second], pair.Count);
        }

        var unplaced = new List<UnplacedPhoto>();
        for (int photo = 0; photo < block.IsPlaced.Length; photo++)
        {
            if (!block.IsPlaced[photo])
            {
                unplaced.Add(new UnplacedPhoto(
                    block.Input.Photos[photo].ImageName, Reason(block, photo, matches[photo], leftOut, options)));
            }
        }

        return unplaced;
    }

    private static string Reason(Block block, int photo, int matches, IReadOnlyList<bool[]> leftOut, SfmOptions options)
    {
        if (leftOut.FirstOrDefault(p => p[photo]) is { } part)
        {
            return $"It belongs to a part of {part.Count(static p => p)} photos that nothing joins to the rest.";
        }

        if (matches == 0)
        {
            return "It matches no other photo.";
        }

        if (block.PlacedCount == 0)
        {
            return "No two photos see the same things from places far enough apart.";
        }

        int visible = VisibilityScore.Of(block, photo).Visible;
        return visible < options.MinResectionInliers
            ? $"It sees only {visible} of the tie points; {options.MinResectionInliers} are needed."
            : $"The {visible} tie points that it sees agree on no place.";
    }
}
