using OdmNode.Features.Detection;
using OdmNode.Native.Kernels;

namespace OdmNode.Features.Matching;

/// <summary>Pairs the keypoints of two photos by their descriptors alone.</summary>
public static class DescriptorMatcher
{
    /// <summary>Matches that are nearest to each other both ways, and clearly nearer than the second nearest both ways.</summary>
    /// <param name="a">Features of the first photo.</param>
    /// <param name="b">Features of the second photo.</param>
    /// <param name="ratio">Lowe's ratio of distances, in (0, 1]; 1 keeps all that are mutual.</param>
    /// <param name="cancellationToken">Asked about every 100 ms.</param>
    /// <returns>2n indices, index in A then index in B, sorted by the index in A.</returns>
    public static int[] Match(FeatureSet a, FeatureSet b, double ratio, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        (NearestTwo inB, NearestTwo inA) = MatchKernel.FindNearest(
            a.Descriptors, b.Descriptors, MatchKernel.BestInstructionSet, cancellationToken);
        return Select(inB, inA, ratio);
    }

    /// <summary>Matches by two ratios in one search.</summary>
    /// <param name="a">Features of the first photo.</param>
    /// <param name="b">Features of the second photo.</param>
    /// <param name="options">The two ratios.</param>
    /// <param name="cancellationToken">Asked about every 100 ms.</param>
    public static PutativeMatches Match(FeatureSet a, FeatureSet b, MatchOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(options);
        (NearestTwo inB, NearestTwo inA) = MatchKernel.FindNearest(
            a.Descriptors, b.Descriptors, MatchKernel.BestInstructionSet, cancellationToken);
        return new PutativeMatches(Select(inB, inA, options.Ratio), Select(inB, inA, Math.Max(options.Ratio, options.LooseRatio)));
    }

    private static int[] Select(NearestTwo inB, NearestTwo inA, double ratio)
    {
        double squaredRatio = ratio * ratio;
        var matches = new List<int>();
        for (int i = 0; i < inB.Index.Length; i++)
        {
            int j = inB.Index[i];
            if (j >= 0 && inA.Index[j] == i && IsDistinct(inB, i, squaredRatio) && IsDistinct(inA, j, squaredRatio))
            {
                matches.Add(i);
                matches.Add(j);
            }
        }

        return [.. matches];
    }

    // The distances are squared, so the ratio is too. Two equal nearest distances never pass.
    private static bool IsDistinct(NearestTwo nearest, int index, double squaredRatio) =>
        nearest.Best[index] < squaredRatio * nearest.Second[index] || (nearest.Second[index] == int.MaxValue && squaredRatio >= 1);
}
