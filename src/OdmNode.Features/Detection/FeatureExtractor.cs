using OdmNode.Features.Description;
using OdmNode.Imaging.Buffers;
using OpenCvSharp;
using OpenCvSharp.Features2D;

namespace OdmNode.Features.Detection;

/// <summary>Finds and describes the keypoints of one photo: SIFT of OpenCV, RootSIFT descriptors.</summary>
/// <remarks>D. G. Lowe, Distinctive image features from scale-invariant keypoints, IJCV 60 (2004).
/// Works on one core; callers run several photos side by side.</remarks>
public static class FeatureExtractor
{
    // OpenCV doubles the picture for its first octave by linear interpolation between pixel centres, then halves the
    // coordinates: everything lands a quarter of a pixel too far right and down. Pixel centres are at 0.5 here.
    private const float CornerFromOpenCv = 0.5f - 0.25f;
    private const double InitialBlur = 1.6;
    private const int LayersPerOctave = 3;

    /// <summary>Extracts features from a photo that may have been scaled down.</summary>
    /// <param name="image">Grey, or red, green, blue; the colours of the keypoints are taken from it.</param>
    /// <param name="fullWidth">Width of the photo at full size, pixels: positions are given in it.</param>
    /// <param name="fullHeight">Height of the photo at full size, pixels.</param>
    /// <param name="options">How many and how weak.</param>
    /// <param name="cancellationToken">Asked between detection and description.</param>
    /// <returns>At most the wanted number of features; the same for the same pixels on every run.</returns>
    public static FeatureSet Extract(
        ImageBuffer image, int fullWidth, int fullHeight, FeatureOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        byte[] greyPixels = GreyOf(image);
        using Mat grey = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC1, greyPixels);
        using SIFT sift = SIFT.Create(
            0, LayersPerOctave, options.LowestContrastThreshold * LayersPerOctave, options.EdgeThreshold, InitialBlur);
        KeyPoint[] candidates = sift.Detect(grey);
        cancellationToken.ThrowIfCancellationRequested();
        KeyPoint[] chosen = KeypointSelector.Select(candidates, image.Width, image.Height, options);
        using var descriptors = new Mat();
        sift.Compute(grey, ref chosen, descriptors);
        cancellationToken.ThrowIfCancellationRequested();
        return Assemble(image, fullWidth, fullHeight, chosen, descriptors);
    }

    /// <summary>Memory that the extraction of one photo takes at most, bytes, the decoded photo included.</summary>
    /// <param name="fullWidth">Pixels.</param>
    /// <param name="fullHeight">Pixels.</param>
    /// <param name="longestSide">Longest side of the picture that is searched, pixels.</param>
    public static long RequiredBytes(int fullWidth, int fullHeight, int longestSide)
    {
        double ratio = Math.Min(1, (double)longestSide / Math.Max(fullWidth, fullHeight));
        double searched = fullWidth * ratio * (fullHeight * ratio);
        // The picture doubled is 4 times the pixels; its first octave has 6 blurred floats and 5 differences, and all
        // octaves together 4/3 of that. JPEG decodes to less than twice the size searched, 3 bytes a pixel.
        return (long)((searched * 4 * (6 + 5) * sizeof(float) * 4 / 3) + (searched * 4 * 3)) + (64L << 20);
    }

    private static FeatureSet Assemble(ImageBuffer image, int fullWidth, int fullHeight, KeyPoint[] keypoints, Mat descriptors)
    {
        float scaleX = (float)fullWidth / image.Width;
        float scaleY = (float)fullHeight / image.Height;
        int count = keypoints.Length;
        (float[] x, float[] y) = (new float[count], new float[count]);
        (float[] scale, float[] angle) = (new float[count], new float[count]);
        byte[] colors = new byte[3 * count];
        descriptors.GetArray(out float[] histograms);
        byte[] roots = new byte[FeatureSet.DescriptorLength * count];
        for (int i = 0; i < count; i++)
        {
            KeyPoint keypoint = keypoints[i];
            float column = keypoint.Pt.X + CornerFromOpenCv;
            float row = keypoint.Pt.Y + CornerFromOpenCv;
            (x[i], y[i]) = (column * scaleX, row * scaleY);
            scale[i] = keypoint.Size * 0.5f * (scaleX + scaleY);
            angle[i] = keypoint.Angle * (MathF.PI / 180);
            SampleColor(image, (int)column, (int)row, colors.AsSpan(3 * i, 3));
            RootSift.Quantize(
                histograms.AsSpan(FeatureSet.DescriptorLength * i, FeatureSet.DescriptorLength),
                roots.AsSpan(FeatureSet.DescriptorLength * i, FeatureSet.DescriptorLength));
        }

        return new FeatureSet(fullWidth, fullHeight, x, y, scale, angle, colors, roots);
    }

    private static void SampleColor(ImageBuffer image, int column, int row, Span<byte> color)
    {
        int x = Math.Clamp(column, 0, image.Width - 1);
        int y = Math.Clamp(row, 0, image.Height - 1);
        ReadOnlySpan<byte> pixel = image.Row(y).Slice(x * image.Channels, image.Channels);
        (color[0], color[1], color[2]) = image.Channels == 3 ? (pixel[0], pixel[1], pixel[2]) : (pixel[0], pixel[0], pixel[0]);
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
