using System.Buffers.Binary;
using System.Runtime.InteropServices;
using OdmNode.Core.Errors;

namespace OdmNode.Features.Detection;

/// <summary>The n keypoints of one photo with their descriptors, laid out flat, the most distinct first.</summary>
/// <remarks>
/// Positions are full-size pixels from the top-left corner of the photo, whatever size the features were detected at.
/// Descriptors are RootSIFT (Arandjelović and Zisserman, Three things everyone should know to improve object
/// retrieval, CVPR 2012): square roots of the L1-normalised histogram, times 512, rounded, at most 255.
/// </remarks>
public sealed class FeatureSet
{
    /// <summary>Bytes of one descriptor.</summary>
    public const int DescriptorLength = 128;

    private const int MaximumCount = 1 << 24;

    /// <param name="width">Full-size photo, pixels.</param>
    /// <param name="height">Full-size photo, pixels.</param>
    /// <param name="x">n columns, full-size pixels.</param>
    /// <param name="y">n rows, full-size pixels.</param>
    /// <param name="scale">n diameters, full-size pixels.</param>
    /// <param name="angle">n orientations, radians in [0, 2π), from x towards y.</param>
    /// <param name="colors">3n bytes: red, green, blue at the keypoint.</param>
    /// <param name="descriptors">128n bytes.</param>
    public FeatureSet(int width, int height, float[] x, float[] y, float[] scale, float[] angle, byte[] colors, byte[] descriptors)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(angle);
        ArgumentNullException.ThrowIfNull(colors);
        ArgumentNullException.ThrowIfNull(descriptors);
        int count = x.Length;
        if (y.Length != count || scale.Length != count || angle.Length != count || colors.Length != 3 * count
            || descriptors.Length != DescriptorLength * count)
        {
            throw new ArgumentException("The arrays of features do not fit each other.");
        }

        (Width, Height) = (width, height);
        (X, Y, Scale, Angle, Colors, Descriptors) = (x, y, scale, angle, colors, descriptors);
    }

    public int Width { get; }

    public int Height { get; }

    public int Count => X.Length;

    public float[] X { get; }

    public float[] Y { get; }

    public float[] Scale { get; }

    public float[] Angle { get; }

    public byte[] Colors { get; }

    public byte[] Descriptors { get; }

    /// <summary>The 128 bytes of one keypoint.</summary>
    public ReadOnlySpan<byte> DescriptorOf(int index) => Descriptors.AsSpan(index * DescriptorLength, DescriptorLength);

    /// <summary>Writes the set: width, height, count as little-endian int32, then the arrays in the order of the constructor.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> header = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(header, Width);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Height);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Count);
        stream.Write(header);
        foreach (float[] values in (ReadOnlySpan<float[]>)[X, Y, Scale, Angle])
        {
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        stream.Write(Colors);
        stream.Write(Descriptors);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="OdmException">The data is not a feature set, or is cut off.</exception>
    public static FeatureSet Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            Span<byte> header = stackalloc byte[12];
            stream.ReadExactly(header);
            int width = BinaryPrimitives.ReadInt32LittleEndian(header);
            int height = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
            int count = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
            if (width <= 0 || height <= 0 || count is < 0 or > MaximumCount)
            {
                throw new OdmException(ErrorKind.BadInput, "Stored features have an impossible size; compute them again.");
            }

            float[] x = ReadFloats(stream, count);
            float[] y = ReadFloats(stream, count);
            float[] scale = ReadFloats(stream, count);
            float[] angle = ReadFloats(stream, count);
            byte[] colors = new byte[3 * count];
            stream.ReadExactly(colors);
            byte[] descriptors = new byte[DescriptorLength * count];
            stream.ReadExactly(descriptors);
            return new FeatureSet(width, height, x, y, scale, angle, colors, descriptors);
        }
        catch (EndOfStreamException exception)
        {
            throw new OdmException(ErrorKind.BadInput, "Stored features are cut off; compute them again.", exception);
        }
    }

    private static float[] ReadFloats(Stream stream, int count)
    {
        float[] values = new float[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
