using System.Runtime.InteropServices;
using System.Text;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Scene.Formats;

/// <summary>The compact form of a <see cref="PointCloud"/> that checkpoints keep: its arrays as they are, little-endian.</summary>
/// <remarks>Equal clouds give equal bytes.</remarks>
public static class PointCloudFormat
{
    private const uint Magic = 0x43_50_44_4F;
    private const int Version = 1;
    private const int MaxCount = 1 << 28;

    public static void Write(PointCloud cloud, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(cloud.Count);
        writer.Write(cloud.Origin.X);
        writer.Write(cloud.Origin.Y);
        writer.Write(cloud.Origin.Z);
        writer.Write(MemoryMarshal.AsBytes(cloud.Positions.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(cloud.Normals.AsSpan()));
        writer.Write(cloud.Colors);
        writer.Write(cloud.Views);
    }

    /// <exception cref="InvalidDataException">The bytes are not a whole point cloud of this version.</exception>
    public static PointCloud Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Version)
            {
                throw new InvalidDataException("This is no point cloud of this version.");
            }

            int count = reader.ReadInt32();
            if (count is < 0 or > MaxCount)
            {
                throw new InvalidDataException($"A cloud of {count} points is damaged.");
            }

            var cloud = new PointCloud
            {
                Origin = new Vector3D(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()),
                Positions = new float[3 * count],
                Normals = new float[3 * count],
                Colors = new byte[3 * count],
                Views = new byte[count],
            };
            stream.ReadExactly(MemoryMarshal.AsBytes(cloud.Positions.AsSpan()));
            stream.ReadExactly(MemoryMarshal.AsBytes(cloud.Normals.AsSpan()));
            stream.ReadExactly(cloud.Colors);
            stream.ReadExactly(cloud.Views);
            return cloud;
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("The point cloud is cut short.", exception);
        }
    }
}
