using OdmNode.Features.Description;
using OdmNode.Imaging.Buffers;

namespace OdmNode.Features.Detection;

/// <summary>Collects described keypoints octave by octave and lays them out in their order of rank.</summary>
/// <param name="image">The picture that was searched, for the colours.</param>
internal sealed class FeatureBuilder(ImageBuffer image)
{
    private readonly List<(int Rank, int Sequence, Keypoint Keypoint, float Angle)> features = [];
    private readonly List<byte> descriptors = [];

    /// <summary>Adds a keypoint with one direction.</summary>
    /// <param name="rank">0 is the strongest.</param>
    /// <param name="keypoint">Where it is.</param>
    /// <param name="angle">Radians.</param>
    /// <param name="histogram">128 floats.</param>
    public void Add(int rank, Keypoint keypoint, float angle, ReadOnlySpan<float> histogram)
    {
        Span<byte> descriptor = stackalloc byte[FeatureSet.DescriptorLength];
        RootSift.Quantize(histogram, descriptor);
        features.Add((rank, features.Count, keypoint, angle));
        descriptors.AddRange(descriptor);
    }

    /// <summary>Sorts by rank, directions of a keypoint in their order, and drops what is beyond a number.</summary>
    public void KeepFirst(int count)
    {
        features.Sort((a, b) => a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : a.Sequence.CompareTo(b.Sequence));
        if (features.Count > count)
        {
            features.RemoveRange(count, features.Count - count);
        }
    }

    /// <summary>The features in pixels of the photo at full size.</summary>
    public FeatureSet Assemble(int fullWidth, int fullHeight)
    {
        float scaleX = (float)fullWidth / image.Width;
        float scaleY = (float)fullHeight / image.Height;
        int count = features.Count;
        (float[] x, float[] y) = (new float[count], new float[count]);
        (float[] scale, float[] angle) = (new float[count], new float[count]);
        byte[] colors = new byte[3 * count];
        byte[] ordered = new byte[FeatureSet.DescriptorLength * count];
        for (int i = 0; i < count; i++)
        {
            Keypoint keypoint = features[i].Keypoint;
            (x[i], y[i]) = (keypoint.X * scaleX, keypoint.Y * scaleY);
            scale[i] = keypoint.Size * 0.5f * (scaleX + scaleY);
            angle[i] = features[i].Angle;
            SampleColor((int)keypoint.X, (int)keypoint.Y, colors.AsSpan(3 * i, 3));
            descriptors.CopyTo(
                FeatureSet.DescriptorLength * features[i].Sequence, ordered, FeatureSet.DescriptorLength * i, FeatureSet.DescriptorLength);
        }

        return new FeatureSet(fullWidth, fullHeight, x, y, scale, angle, colors, ordered);
    }

    private void SampleColor(int column, int row, Span<byte> color)
    {
        int x = Math.Clamp(column, 0, image.Width - 1);
        int y = Math.Clamp(row, 0, image.Height - 1);
        ReadOnlySpan<byte> pixel = image.Row(y).Slice(x * image.Channels, image.Channels);
        (color[0], color[1], color[2]) = image.Channels == 3 ? (pixel[0], pixel[1], pixel[2]) : (pixel[0], pixel[0], pixel[0]);
    }
}
