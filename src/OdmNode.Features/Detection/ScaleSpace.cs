using OdmNode.Imaging.Buffers;
using OdmNode.Native.Kernels;

namespace OdmNode.Features.Detection;

/// <summary>The octaves of a picture from its own size on; that of the doubled picture is added where its keypoints are needed.</summary>
internal sealed class ScaleSpace : IDisposable
{
    private readonly byte[] grey;
    private readonly int width;
    private readonly int height;
    private readonly SortedDictionary<int, SiftOctave> octaves = [];

    public ScaleSpace(ImageBuffer image, CancellationToken cancellationToken)
    {
        (grey, width, height) = (GreyOf(image), image.Width, image.Height);
        if (Math.Min(width, height) < SiftOctave.SmallestSide)
        {
            return;
        }

        try
        {
            SiftOctave? octave = SiftOctave.Of(grey, width, height, doubled: false, Processor.BestInstructionSet);
            for (int index = 0; octave is not null; index++)
            {
                octaves.Add(index, octave);
                cancellationToken.ThrowIfCancellationRequested();
                octave = octave.Next();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The octaves there are.</summary>
    public IEnumerable<int> Octaves => octaves.Keys;

    /// <summary>Adds the octave of the doubled picture, number -1, unless the picture is too small to have any.</summary>
    public void AddDoubled()
    {
        if (octaves.Count > 0)
        {
            octaves.Add(-1, SiftOctave.Of(grey, width, height, doubled: true, Processor.BestInstructionSet));
        }
    }

    public IEnumerable<Keypoint> Detect(int octave, FeatureOptions options) =>
        octaves[octave].Detect((float)options.LowestContrastThreshold, (float)options.EdgeThreshold).Select(point => new Keypoint(octave, point));

    /// <summary>Directions and histograms of points of an octave.</summary>
    public (SiftDirection[] Directions, float[] Histograms) Describe(
        int octave, ReadOnlySpan<SiftPoint> points, CancellationToken cancellationToken) => octaves[octave].Describe(points, cancellationToken);

    public void Dispose()
    {
        foreach (SiftOctave octave in octaves.Values)
        {
            octave.Dispose();
        }

        octaves.Clear();
    }

    private static byte[] GreyOf(ImageBuffer image)
    {
        if (image.Channels == 1)
        {
            return image.Pixels;
        }

        // ITU-R BT.601 luma in 16-bit fixed point.
        byte[] grey = new byte[image.Width * image.Height];
        byte[] pixels = image.Pixels;
        for (int i = 0; i < grey.Length; i++)
        {
            grey[i] = (byte)(((19595 * pixels[3 * i]) + (38470 * pixels[(3 * i) + 1]) + (7471 * pixels[(3 * i) + 2]) + 32768) >> 16);
        }

        return grey;
    }
}
