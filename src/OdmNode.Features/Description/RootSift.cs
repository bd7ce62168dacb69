namespace OdmNode.Features.Description;

/// <summary>RootSIFT: Euclidean distance between the results is Hellinger distance between the histograms.</summary>
/// <remarks>R. Arandjelović and A. Zisserman, Three things everyone should know to improve object retrieval, CVPR 2012.</remarks>
public static class RootSift
{
    /// <summary>Length of a quantised descriptor: its elements are square roots of shares times this.</summary>
    public const float UnitLength = 512;

    /// <summary>Square roots of the L1-normalised histogram, times 512, rounded, at most 255.</summary>
    /// <param name="histogram">Values that are not negative; all zero gives all zero.</param>
    /// <param name="descriptor">As many bytes.</param>
    public static void Quantize(ReadOnlySpan<float> histogram, Span<byte> descriptor)
    {
        float sum = 0;
        foreach (float value in histogram)
        {
            sum += value;
        }

        float inverse = sum > 0 ? 1 / sum : 0;
        for (int i = 0; i < histogram.Length; i++)
        {
            descriptor[i] = (byte)Math.Min(255, (int)((UnitLength * MathF.Sqrt(histogram[i] * inverse)) + 0.5f));
        }
    }
}
