using System.Runtime.InteropServices;
using System.Text;
using OdmNode.Geometry.Transforms;
using OdmNode.Scene.Model;

namespace OdmNode.Scene.Formats;

/// <summary>The compact form of a <see cref="DepthMap"/> that checkpoints keep: raw floats and bytes, little-endian.</summary>
/// <remarks>Equal maps give equal bytes.</remarks>
public static class DepthMapFormat
{
    private const uint Magic = 0x44_4D_44_4F;
    private const int Version = 1;
    private const int MaxSide = 1 << 16;

    public static void Write(DepthMap map, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(map);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(map.ImageName);
        writer.Write(map.Camera.Width);
        writer.Write(map.Camera.Height);
        writer.Write(map.Camera.Focal);
        writer.Write(map.Camera.CenterX);
        writer.Write(map.Camera.CenterY);
        writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<RigidTransform>([map.CameraFromWorld])));
        writer.Write(MemoryMarshal.AsBytes(map.Depth.AsSpan()));
        writer.Write(map.Confidence);
    }

    /// <exception cref="InvalidDataException">The bytes are not a whole depth map of this version.</exception>
    public static DepthMap Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Version)
            {
                throw new InvalidDataException("This is no depth map of this version.");
            }

            string name = reader.ReadString();
            int width = reader.ReadInt32();
            int height = reader.ReadInt32();
            if (width is < 1 or > MaxSide || height is < 1 or > MaxSide || (long)width * height > int.MaxValue / sizeof(float))
            {
                throw new InvalidDataException($"A depth map of {width} x {height} pixels is damaged.");
            }

            var camera = new PinholeCamera(width, height, reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
            var cameraFromWorld = new RigidTransform[1];
            stream.ReadExactly(MemoryMarshal.AsBytes(cameraFromWorld.AsSpan()));
            var depth = new float[width * height];
            stream.ReadExactly(MemoryMarshal.AsBytes(depth.AsSpan()));
            var confidence = new byte[width * height];
            stream.ReadExactly(confidence);
            return new DepthMap
            {
                ImageName = name,
                Camera = camera,
                CameraFromWorld = cameraFromWorld[0],
                Depth = depth,
                Confidence = confidence,
            };
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("The depth map is cut short.", exception);
        }
    }
}
