using OdmNode.Native.Interop;
using OdmNode.Native.Memory;

namespace OdmNode.Native.Kernels;

/// <summary>One octave of a scale space, and what can be found in it: see native/include/odm_sift.h.</summary>
/// <remarks>D. G. Lowe, Distinctive image features from scale-invariant keypoints, IJCV 60 (2004).</remarks>
public sealed unsafe class SiftOctave : IDisposable
{
    /// <summary>Floats of a histogram.</summary>
    public const int DescriptorLength = 128;

    /// <summary>Layers of an octave in which extrema are found.</summary>
    public const int Layers = 3;

    /// <summary>Pixels that each side of an octave has at least.</summary>
    public const int SmallestSide = 16;

    /// <summary>Blur of the first plane, pixels of the octave.</summary>
    public const float FirstBlur = 1.6f;

    private const int Planes = Layers + 3;
    private const int FewPoints = 4096;

    // Points in one native call: some tens of milliseconds, after which the token is asked.
    private const int PointsPerCall = 1024;

    private readonly int isa;
    private readonly NativeBuffer<float> planes;

    private SiftOctave(int width, int height, InstructionSet instructionSet)
    {
        NativeLibraryHost.EnsureLoaded();
        (Width, Height, isa) = (width, height, (int)instructionSet);
        planes = new NativeBuffer<float>((long)Planes * height * SiftNative.Stride(width));
    }

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    /// <summary>Bytes that an octave of a size takes.</summary>
    public static long RequiredBytes(int width, int height) => (long)Planes * height * (width + 16) * sizeof(float);

    /// <summary>The first octave of a picture.</summary>
    /// <param name="grey">Rows of <paramref name="width"/> bytes.</param>
    /// <param name="width">At least <see cref="SmallestSide"/>.</param>
    /// <param name="height">At least <see cref="SmallestSide"/>.</param>
    /// <param name="doubled">Whether the octave has twice the width and height of the picture; its corners stay where they are.</param>
    /// <param name="instructionSet">Must be supported by this processor; every one gives the same numbers.</param>
    public static SiftOctave Of(ReadOnlySpan<byte> grey, int width, int height, bool doubled, InstructionSet instructionSet)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(grey.Length, width * height);
        int factor = doubled ? 2 : 1;
        var octave = new SiftOctave(factor * width, factor * height, instructionSet);
        try
        {
            fixed (byte* pixels = grey)
            fixed (float* data = octave.planes.Span)
            {
                NativeLibraryHost.ThrowIfFailed(
                    SiftNative.Base(octave.isa, pixels, width, height, doubled ? 1 : 0, data), "Blurring a picture");
            }

            octave.Blur();
            return octave;
        }
        catch
        {
            octave.Dispose();
            throw;
        }
    }

    /// <summary>The next octave, half as wide and high: pixel (x, y) of it is (2x, 2y) of this one. Null where that is too small.</summary>
    public SiftOctave? Next()
    {
        (int width, int height) = ((Width + 1) / 2, (Height + 1) / 2);
        if (Math.Min(width, height) < SmallestSide)
        {
            return null;
        }

        var next = new SiftOctave(width, height, (InstructionSet)isa);
        try
        {
            fixed (float* data = planes.Span, first = next.planes.Span)
            {
                NativeLibraryHost.ThrowIfFailed(SiftNative.Halve(data, Width, Height, first), "Halving an octave");
            }

            next.Blur();
            return next;
        }
        catch
        {
            next.Dispose();
            throw;
        }
    }

    /// <summary>The extrema in order of row, then layer, then column.</summary>
    /// <param name="contrast">Least absolute difference of Gaussians, of grey from 0 to 1.</param>
    /// <param name="edgeRatio">Ratio of principal curvatures from which on a place is an edge.</param>
    public SiftPoint[] Detect(float contrast, float edgeRatio)
    {
        fixed (float* data = planes.Span)
        {
            int capacity = Math.Max(FewPoints, Width * Height / 128);
            while (true)
            {
                var points = new SiftPoint[capacity];
                int found;
                fixed (SiftPoint* first = points)
                {
                    NativeLibraryHost.ThrowIfFailed(
                        SiftNative.Detect(isa, data, Width, Height, contrast, edgeRatio, first, capacity, out found), "Finding keypoints");
                }

                if (found <= capacity)
                {
                    return points[..found];
                }

                capacity = found;
            }
        }
    }

    /// <summary>Directions and histograms of points.</summary>
    /// <param name="points">Points of this octave.</param>
    /// <param name="cancellationToken">Asked every few tens of milliseconds.</param>
    /// <returns>
    /// Every point once or more, in their order, and for each direction 128 floats of length 1: 4 rows by 4 columns by 8 angles.
    /// </returns>
    public (SiftDirection[] Directions, float[] Histograms) Describe(ReadOnlySpan<SiftPoint> points, CancellationToken cancellationToken)
    {
        SiftDirection[] directions = Orient(points);
        float[] histograms = new float[(long)directions.Length * DescriptorLength];
        fixed (float* data = planes.Span, results = histograms)
        fixed (SiftPoint* pointData = points)
        fixed (SiftDirection* directionData = directions)
        {
            for (int first = 0; first < directions.Length; first += PointsPerCall)
            {
                cancellationToken.ThrowIfCancellationRequested();
                NativeStatus status = SiftNative.Describe(
                    isa,
                    data,
                    Width,
                    Height,
                    pointData,
                    points.Length,
                    directionData + first,
                    Math.Min(PointsPerCall, directions.Length - first),
                    results + ((long)first * DescriptorLength));
                NativeLibraryHost.ThrowIfFailed(status, "Describing keypoints");
            }
        }

        return (directions, histograms);
    }

    /// <inheritdoc/>
    public void Dispose() => planes.Dispose();

    private SiftDirection[] Orient(ReadOnlySpan<SiftPoint> points)
    {
        if (points.IsEmpty)
        {
            return [];
        }

        fixed (float* data = planes.Span)
        fixed (SiftPoint* pointData = points)
        {
            int capacity = 2 * points.Length;
            while (true)
            {
                var directions = new SiftDirection[capacity];
                int found;
                fixed (SiftDirection* first = directions)
                {
                    NativeLibraryHost.ThrowIfFailed(
                        SiftNative.Orient(isa, data, Width, Height, pointData, points.Length, first, capacity, out found), "Turning keypoints");
                }

                if (found <= capacity)
                {
                    return directions[..found];
                }

                capacity = found;
            }
        }
    }

    private void Blur()
    {
        fixed (float* data = planes.Span)
        {
            NativeLibraryHost.ThrowIfFailed(SiftNative.Blur(isa, data, Width, Height), "Blurring an octave");
        }
    }
}
