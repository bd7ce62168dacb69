using OdmNode.Native.Kernels;
using OdmNode.Native.Memory;

namespace OdmNode.Dense.DepthMaps;

/// <summary>Matches one level of the pyramid: cost, aggregation, winner.</summary>
internal sealed class LevelMatcher
{
    /// <summary>Entries of the cost volume that are worked on between two looks at the token: some tens of milliseconds.</summary>
    private const long SliceEntries = 1 << 21;

    /// <summary>The sum of a path, a cost and a penalty, must fit a byte.</summary>
    private const int MaxPenalty = 150;

    private readonly PaddedPlane reference;
    private readonly IReadOnlyList<StereoView> views;
    private readonly DepthMapOptions options;
    private readonly InstructionSet isa;

    public LevelMatcher(PaddedPlane reference, IReadOnlyList<StereoView> views, DepthMapOptions options)
    {
        this.reference = reference;
        this.views = views;
        this.options = options;
        isa = Processor.BestInstructionSet;
    }

    /// <param name="ranges">Planes of each pixel.</param>
    /// <param name="firstDelta">Inverse depth of plane 0 above the base surface.</param>
    /// <param name="stepDelta">Between planes.</param>
    /// <param name="smoothness">Factor on the penalties.</param>
    /// <param name="cancellationToken">Checked between slices.</param>
    public PlaneMap Match(
        StereoRanges ranges, double firstDelta, double stepDelta, double smoothness, CancellationToken cancellationToken)
    {
        using var volume = new NativeBuffer<byte>(ranges.Entries);
        int bestCount = Math.Min(3, (views.Count + 1) / 2);
        foreach ((int begin, int end) in Slices(ranges, StereoKernels.BlockHeight))
        {
            cancellationToken.ThrowIfCancellationRequested();
            StereoKernels.Cost(reference, views, bestCount, firstDelta, stepDelta, ranges, begin, end, volume.Span, isa);
        }

        using var sums = new NativeBuffer<ushort>(ranges.Entries);
        using var scratch = new NativeBuffer<byte>(StereoKernels.AggregateScratchBytes(ranges));
        int smallPenalty = (int)(smoothness * options.SmallPenalty);
        byte[] largePenalty = LargePenalties(smallPenalty, smoothness * options.LargePenalty);
        foreach (bool backward in (ReadOnlySpan<bool>)[false, true])
        {
            foreach ((int begin, int end) in Slices(ranges, StereoKernels.BlockHeight))
            {
                cancellationToken.ThrowIfCancellationRequested();
                StereoKernels.Aggregate(
                    ranges, volume.Span, reference, smallPenalty, largePenalty, backward, begin, end, sums.Span,
                    scratch.Span, isa);
            }
        }

        var planes = new float[ranges.First.Length];
        var margins = new byte[ranges.First.Length];
        StereoKernels.Winner(ranges, sums.Span, 0, ranges.Height, planes, margins);
        return new PlaneMap(ranges.Width, ranges.Height, planes, margins);
    }

    /// <summary>A step in depth is cheaper where the picture has an edge: roofs end where their picture does.</summary>
    private static byte[] LargePenalties(int smallPenalty, double withoutEdge)
    {
        var penalties = new byte[256];
        for (int contrast = 0; contrast < penalties.Length; contrast++)
        {
            double penalty = withoutEdge / (1 + (contrast / 12.0));
            penalties[contrast] = (byte)Math.Clamp((int)penalty, 2 * smallPenalty, MaxPenalty);
        }

        return penalties;
    }

    private static IEnumerable<(int Begin, int End)> Slices(StereoRanges ranges, int multiple)
    {
        long rowEntries = Math.Max(1, ranges.Entries / ranges.Height);
        int rows = (int)Math.Max(1, SliceEntries / rowEntries / multiple) * multiple;
        for (int begin = 0; begin < ranges.Height; begin += rows)
        {
            yield return (begin, Math.Min(ranges.Height, begin + rows));
        }
    }
}
