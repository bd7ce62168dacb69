namespace OdmNode.Features.Detection;

/// <summary>The size of the picture in which features are searched, by ODM's rule.</summary>
public static class FeatureImageSize
{
    private const int Smallest = 320;
    private const int Largest = 4480;

    /// <summary>Longest side of the pictures of a survey for feature detection, pixels.</summary>
    /// <param name="largestWidth">Width of the survey's largest photo, pixels.</param>
    /// <param name="largestHeight">Height of the survey's largest photo, pixels.</param>
    /// <param name="quality">Share of the full size; doubled below 2 megapixels, halved above 42.</param>
    /// <returns>Between 320 and 4480; a photo smaller than that is used at its own size.</returns>
    public static int LongestSide(int largestWidth, int largestHeight, FeatureQuality quality)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largestWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(largestHeight);
        double megapixels = largestWidth * (double)largestHeight / 1e6;
        double share = quality switch
        {
            FeatureQuality.Ultra => 1,
            FeatureQuality.High => 0.5,
            FeatureQuality.Medium => 0.25,
            FeatureQuality.Low => 0.125,
            FeatureQuality.Lowest => 0.0675,
            _ => throw new ArgumentOutOfRangeException(nameof(quality)),
        };
        double multiplier = megapixels < 2 ? 2 : megapixels > 42 ? 0.5 : 1;
        int longest = Math.Max(largestWidth, largestHeight);
        return Math.Clamp((int)(longest * Math.Min(1, share * multiplier)), Smallest, Largest);
    }
}
