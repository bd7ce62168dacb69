using OdmNode.Imaging.Buffers;
using OdmNode.Native.Kernels;

namespace OdmNode.Features.Detection;

/// <summary>Finds and describes the keypoints of one photo: SIFT with RootSIFT descriptors.</summary>
/// <remarks>D. G. Lowe, Distinctive image features from scale-invariant keypoints, IJCV 60 (2004). Lowe searches the
/// doubled picture first, which is four fifths of the work; here it is searched where the picture itself has fewer
/// keypoints than wanted. Works on one core; callers run several photos side by side.</remarks>
public static class FeatureExtractor
{
    /// <summary>Extracts features from a photo that may have been scaled down.</summary>
    /// <param name="image">Grey, or red, green, blue; the colours of the keypoints are taken from it.</param>
    /// <param name="fullWidth">Width of the photo at full size, pixels: positions are given in it.</param>
    /// <param name="fullHeight">Height of the photo at full size, pixels.</param>
    /// <param name="options">How many and how weak.</param>
    /// <param name="cancellationToken">Asked several times a second.</param>
    /// <returns>At most the wanted number of features; the same for the same pixels on every run.</returns>
    public static FeatureSet Extract(
        ImageBuffer image, int fullWidth, int fullHeight, FeatureOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        using var space = new ScaleSpace(image, cancellationToken);
        List<Keypoint> candidates = [.. space.Octaves.SelectMany(octave => space.Detect(octave, options))];
        if (candidates.Count < options.TargetCount && space.Octaves.Any())
        {
            cancellationToken.ThrowIfCancellationRequested();
            space.AddDoubled();
            candidates.AddRange(space.Detect(-1, options));
        }

        Keypoint[] chosen = KeypointSelector.Select([.. candidates], image.Width, image.Height, options);
        return Describe(space, chosen, image, options.TargetCount, cancellationToken).Assemble(fullWidth, fullHeight);
    }

    /// <summary>Memory that the extraction of one photo takes at most, bytes, the decoded photo included.</summary>
    /// <param name="fullWidth">Pixels.</param>
    /// <param name="fullHeight">Pixels.</param>
    /// <param name="longestSide">Longest side of the picture that is searched, pixels.</param>
    public static long RequiredBytes(int fullWidth, int fullHeight, int longestSide)
    {
        double ratio = Math.Min(1, (double)longestSide / Math.Max(fullWidth, fullHeight));
        (int width, int height) = ((int)(fullWidth * ratio) + 1, (int)(fullHeight * ratio) + 1);
        // The octaves from the picture itself on are 4/3 of the first, the doubled one 4 times it. JPEG decodes to less
        // than twice the size searched, 3 bytes a pixel.
        return SiftOctave.RequiredBytes(2 * width, 2 * height) + (SiftOctave.RequiredBytes(width, height) * 4 / 3)
            + (4L * width * height * 3) + (64L << 20);
    }

    /// <summary>Every keypoint once for each of its directions, strongest keypoint first, until there are enough.</summary>
    private static FeatureBuilder Describe(
        ScaleSpace space, Keypoint[] chosen, ImageBuffer image, int targetCount, CancellationToken cancellationToken)
    {
        var builder = new FeatureBuilder(image);
        foreach (IGrouping<int, int> ranks in Enumerable.Range(0, chosen.Length).GroupBy(rank => chosen[rank].Octave))
        {
            int[] ranksOfOctave = [.. ranks];
            SiftPoint[] points = [.. ranksOfOctave.Select(rank => chosen[rank].Point)];
            (SiftDirection[] directions, float[] histograms) = space.Describe(ranks.Key, points, cancellationToken);
            for (int i = 0; i < directions.Length; i++)
            {
                int rank = ranksOfOctave[directions[i].Point];
                builder.Add(
                    rank, chosen[rank], directions[i].Angle, histograms.AsSpan(SiftOctave.DescriptorLength * i, SiftOctave.DescriptorLength));
            }
        }

        builder.KeepFirst(targetCount);
        return builder;
    }
}
