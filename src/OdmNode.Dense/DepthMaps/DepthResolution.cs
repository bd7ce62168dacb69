namespace OdmNode.Dense.DepthMaps;

/// <summary>The size of depth maps for a wanted quality.</summary>
public static class DepthResolution
{
    /// <summary>Longest side of the depth maps, pixels.</summary>
    /// <param name="photoWidth">Full-size photo, pixels.</param>
    /// <param name="photoHeight">Full-size photo, pixels.</param>
    /// <param name="fraction">Of the longest side: 0.5 for 12 megapixels gives 2000 of 4000 pixels.</param>
    /// <remarks>
    /// As in ODM the fraction doubles below 6 megapixels and halves above 42, and 320 pixels are the least; unlike ODM's
    /// the size need not be a halving of the photo's. It never exceeds the photo.
    /// </remarks>
    public static int LongestSide(int photoWidth, int photoHeight, double fraction)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(photoWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(photoHeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fraction);
        double megapixels = 1e-6 * photoWidth * photoHeight;
        double multiplier = megapixels < 6 ? 2 : megapixels > 42 ? 0.5 : 1;
        int longest = Math.Max(photoWidth, photoHeight);
        return Math.Min(longest, Math.Max(320, (int)Math.Round(longest * Math.Min(1, fraction * multiplier))));
    }
}
