using System.Buffers;
using OdmNode.Native.Interop;

namespace OdmNode.Native.Kernels;

/// <summary>Plane-sweep stereo with semi-global aggregation; the mathematics is told in native/include/odm_stereo.h.</summary>
/// <remarks>All instruction sets give the same bytes. Each call works on a slice of rows so that it can be stopped between slices.</remarks>
public static unsafe class StereoKernels
{
    /// <summary>Rows of a slice of <see cref="Cost"/> begin at a multiple of this.</summary>
    public const int BlockHeight = 8;

    /// <summary>Most neighbours of one reference.</summary>
    public const int MaxViews = 8;

    /// <summary>The least padding of every plane.</summary>
    public const int MinPadding = 64;

    private const int MaxPenalty = 150;

    /// <summary>Fills the rows [rowBegin, rowEnd) of the cost volume, values from 0 (alike) to 96.</summary>
    /// <param name="reference">Grey.</param>
    /// <param name="views">1 to 8, of the reference's frame and padding.</param>
    /// <param name="bestCount">How many of the best views count, 1 to 3.</param>
    /// <param name="firstDelta">Inverse depth of plane 0 above the base surface.</param>
    /// <param name="stepDelta">Inverse depth from one plane to the next.</param>
    /// <param name="ranges">The planes that each pixel searches.</param>
    /// <param name="rowBegin">A multiple of 8.</param>
    /// <param name="rowEnd">Rows end before it.</param>
    /// <param name="volume"><see cref="StereoRanges.Entries"/> bytes.</param>
    /// <param name="isa">Vector unit.</param>
    public static void Cost(
        PaddedPlane reference, IReadOnlyList<StereoView> views, int bestCount, double firstDelta, double stepDelta,
        StereoRanges ranges, int rowBegin, int rowEnd, Span<byte> volume, InstructionSet isa)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(views);
        ArgumentNullException.ThrowIfNull(ranges);
        CheckFrame(reference, ranges);
        CheckRows(ranges, rowBegin, rowEnd);
        Check(volume.Length >= ranges.Entries, nameof(volume));
        Check(views.Count is >= 1 and <= MaxViews, nameof(views));
        foreach (StereoView view in views)
        {
            Check(SameFrame(reference, view.Grey) && SameFrame(reference, view.Usable), nameof(views));
        }

        var structs = stackalloc StereoInterop.StereoViewStruct[views.Count];
        var handles = new MemoryHandle[2 * views.Count];
        try
        {
            for (int i = 0; i < views.Count; i++)
            {
                handles[2 * i] = views[i].Grey.Pixels.AsMemory().Pin();
                handles[(2 * i) + 1] = views[i].Usable.Pixels.AsMemory().Pin();
                structs[i] = new StereoInterop.StereoViewStruct
                {
                    Grey = (byte*)handles[2 * i].Pointer + reference.Origin,
                    Usable = (byte*)handles[(2 * i) + 1].Pointer + reference.Origin,
                    EpipoleX = views[i].EpipoleX,
                    EpipoleY = views[i].EpipoleY,
                    EpipoleZ = views[i].EpipoleZ,
                };
            }

            fixed (byte* referencePixels = reference.Pixels, volumeBytes = volume)
            fixed (short* first = ranges.First)
            fixed (int* pixelStart = ranges.PixelStart)
            fixed (long* rowStart = ranges.RowStart)
            {
                var frame = new StereoInterop.StereoFrameStruct
                {
                    Reference = referencePixels + reference.Origin,
                    Stride = reference.Stride,
                    Padding = reference.Padding,
                    FirstDelta = firstDelta,
                    StepDelta = stepDelta,
                };
                StereoInterop.StereoRangesStruct rangesStruct = Struct(ranges, first, pixelStart, rowStart);
                NativeLibraryHost.ThrowIfFailed(
                    StereoInterop.Cost(
                        frame, structs, views.Count, bestCount, rangesStruct, rowBegin, rowEnd, volumeBytes, (int)isa),
                    "stereo cost");
            }
        }
        finally
        {
            foreach (MemoryHandle handle in handles)
            {
                handle.Dispose();
            }
        }
    }

    /// <summary>Bytes of scratch that <see cref="Aggregate"/> needs.</summary>
    public static long AggregateScratchBytes(StereoRanges ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        return StereoInterop.AggregateScratchBytes(ranges.Width, ranges.MaxRowEntries);
    }

    /// <summary>
    /// One slice of one of the two passes of the semi-global aggregation; the pass forward comes first, the slices of a
    /// pass in order and with the same scratch.
    /// </summary>
    /// <param name="ranges">The planes that each pixel searches.</param>
    /// <param name="volume">As filled by <see cref="Cost"/>.</param>
    /// <param name="reference">Grey.</param>
    /// <param name="smallPenalty">For a step of one plane, 0 to 150.</param>
    /// <param name="largePenalty">For larger steps: 256 values by the difference of grey, each up to 150.</param>
    /// <param name="backward">The second pass, which adds to the sums and visits rows from the last.</param>
    /// <param name="rowBegin">First row, counted in the order of visiting.</param>
    /// <param name="rowEnd">Rows end before it.</param>
    /// <param name="sums"><see cref="StereoRanges.Entries"/> sums of path costs.</param>
    /// <param name="scratch"><see cref="AggregateScratchBytes"/> bytes.</param>
    /// <param name="isa">Vector unit.</param>
    public static void Aggregate(
        StereoRanges ranges, ReadOnlySpan<byte> volume, PaddedPlane reference, int smallPenalty,
        ReadOnlySpan<byte> largePenalty, bool backward, int rowBegin, int rowEnd, Span<ushort> sums, Span<byte> scratch,
        InstructionSet isa)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        ArgumentNullException.ThrowIfNull(reference);
        CheckFrame(reference, ranges);
        CheckRows(ranges, rowBegin, rowEnd);
        Check(volume.Length >= ranges.Entries, nameof(volume));
        Check(sums.Length >= ranges.Entries, nameof(sums));
        Check(scratch.Length >= AggregateScratchBytes(ranges), nameof(scratch));
        Check(largePenalty.Length == 256 && !largePenalty.ContainsAnyExceptInRange((byte)0, (byte)MaxPenalty), nameof(largePenalty));
        fixed (byte* volumeBytes = volume, pixels = reference.Pixels, penalties = largePenalty, scratchBytes = scratch)
        fixed (ushort* sumValues = sums)
        fixed (short* first = ranges.First)
        fixed (int* pixelStart = ranges.PixelStart)
        fixed (long* rowStart = ranges.RowStart)
        {
            StereoInterop.StereoRangesStruct rangesStruct = Struct(ranges, first, pixelStart, rowStart);
            NativeLibraryHost.ThrowIfFailed(
                StereoInterop.Aggregate(
                    rangesStruct, volumeBytes, pixels + reference.Origin, reference.Stride, smallPenalty, penalties,
                    backward ? 1 : 0, rowBegin, rowEnd, sumValues, scratchBytes, scratch.Length, (int)isa),
                "stereo aggregation");
        }
    }

    /// <summary>The best plane of each pixel with its fraction, and its lead over planes more than two away (0: no answer).</summary>
    public static void Winner(
        StereoRanges ranges, ReadOnlySpan<ushort> sums, int rowBegin, int rowEnd, Span<float> plane, Span<byte> margin)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        CheckRows(ranges, rowBegin, rowEnd);
        Check(sums.Length >= ranges.Entries, nameof(sums));
        Check(plane.Length == ranges.First.Length, nameof(plane));
        Check(margin.Length == ranges.First.Length, nameof(margin));
        fixed (ushort* sumValues = sums)
        fixed (float* planes = plane)
        fixed (byte* margins = margin)
        fixed (short* first = ranges.First)
        fixed (int* pixelStart = ranges.PixelStart)
        fixed (long* rowStart = ranges.RowStart)
        {
            StereoInterop.StereoRangesStruct rangesStruct = Struct(ranges, first, pixelStart, rowStart);
            NativeLibraryHost.ThrowIfFailed(
                StereoInterop.Winner(rangesStruct, sumValues, rowBegin, rowEnd, planes, margins), "stereo winner");
        }
    }

    /// <summary>Resamples rows [rowBegin, rowEnd) of a padded plane, padding included, by a homography (Catmull-Rom).</summary>
    /// <param name="source">width × height grey values; 0 is outside the photo.</param>
    /// <param name="sourceWidth">Pixels.</param>
    /// <param name="sourceHeight">Pixels.</param>
    /// <param name="homography">9 values, row-major, sourceFromTarget; pixels from the top-left corner.</param>
    /// <param name="rowBegin">Not before −padding.</param>
    /// <param name="rowEnd">Not beyond height + padding.</param>
    /// <param name="target">Grey; 0 outside the photo.</param>
    /// <param name="usable">255 inside, 0 outside.</param>
    public static void Warp(
        ReadOnlySpan<byte> source, int sourceWidth, int sourceHeight, ReadOnlySpan<double> homography, int rowBegin,
        int rowEnd, PaddedPlane target, PaddedPlane usable)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(usable);
        Check(source.Length == (long)sourceWidth * sourceHeight, nameof(source));
        Check(homography.Length == 9, nameof(homography));
        Check(SameFrame(target, usable), nameof(usable));
        Check(rowBegin >= -target.Padding && rowEnd <= target.Height + target.Padding, nameof(rowBegin));
        fixed (byte* sourcePixels = source, targetPixels = target.Pixels, usablePixels = usable.Pixels)
        fixed (double* values = homography)
        {
            NativeLibraryHost.ThrowIfFailed(
                StereoInterop.Warp(
                    sourcePixels, sourceWidth, sourceHeight, values, rowBegin, rowEnd, -target.Padding,
                    target.Width + target.Padding, target.Stride, targetPixels + target.Origin, usablePixels + target.Origin),
                "stereo warp");
        }
    }

    private static StereoInterop.StereoRangesStruct Struct(StereoRanges ranges, short* first, int* pixelStart, long* rowStart) => new()
    {
        First = first,
        PixelStart = pixelStart,
        RowStart = rowStart,
        Width = ranges.Width,
        Height = ranges.Height,
    };

    private static bool SameFrame(PaddedPlane a, PaddedPlane b) =>
        a.Width == b.Width && a.Height == b.Height && a.Padding == b.Padding;

    private static void CheckFrame(PaddedPlane reference, StereoRanges ranges) =>
        Check(reference.Width == ranges.Width && reference.Height == ranges.Height && reference.Padding >= MinPadding, nameof(reference));

    private static void CheckRows(StereoRanges ranges, int rowBegin, int rowEnd) =>
        Check(rowBegin >= 0 && rowEnd >= rowBegin && rowEnd <= ranges.Height, nameof(rowBegin));

    private static void Check(bool condition, string argument)
    {
        if (!condition)
        {
            throw new ArgumentException("A buffer or a size does not fit the others.", argument);
        }
    }
}
