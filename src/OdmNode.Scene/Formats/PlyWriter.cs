using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Scene.Formats;

/// <summary>
/// Writes a cloud tile by tile as binary little-endian PLY with ODM's properties: x y z nx ny nz red green blue views.
/// </summary>
/// <remarks>Greg Turk, The PLY polygon file format (1994). Writes to a stream; opens no file.</remarks>
public sealed class PlyWriter
{
    private readonly Stream stream;
    private readonly Vector3D offset;
    private readonly long count;
    private long written;

    /// <param name="stream">Where the header goes at once and the points follow; stays open.</param>
    /// <param name="count">Number of points that will follow: PLY states it first.</param>
    /// <param name="offset">Subtracted from map coordinates: ODM's integer offset, height 0.</param>
    public PlyWriter(Stream stream, long count, Vector3D offset)
    {
        ArgumentNullException.ThrowIfNull(stream);
        this.stream = stream;
        this.count = count;
        this.offset = offset;
        string header = string.Create(CultureInfo.InvariantCulture, $"""
            ply
            format binary_little_endian 1.0
            element vertex {count}
            property float x
            property float y
            property float z
            property float nx
            property float ny
            property float nz
            property uchar red
            property uchar green
            property uchar blue
            property uchar views
            end_header

            """);
        stream.Write(Encoding.ASCII.GetBytes(header.ReplaceLineEndings("\n")));
    }

    /// <summary>Appends the points of a tile, in their order.</summary>
    public void Write(PointCloud cloud, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        if (written + cloud.Count > count)
        {
            throw new InvalidOperationException("More points are written than the header of the PLY file states.");
        }

        const int batch = 4096;
        var vertices = new Vertex[Math.Min(batch, Math.Max(1, cloud.Count))];
        Vector3D shift = cloud.Origin - offset;
        for (int start = 0; start < cloud.Count; start += batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = Math.Min(batch, cloud.Count - start);
            for (int i = 0; i < length; i++)
            {
                vertices[i] = VertexOf(cloud, start + i, shift);
            }

            stream.Write(MemoryMarshal.AsBytes(vertices.AsSpan(0, length)));
        }

        written += cloud.Count;
    }

    /// <summary>Checks that as many points came as the header states.</summary>
    public void Complete()
    {
        if (written != count)
        {
            throw new InvalidOperationException($"The header of the PLY file states {count} points, {written} were written.");
        }
    }

    private static Vertex VertexOf(PointCloud cloud, int point, Vector3D shift)
    {
        int i = 3 * point;
        return new Vertex
        {
            X = (float)(shift.X + cloud.Positions[i]),
            Y = (float)(shift.Y + cloud.Positions[i + 1]),
            Z = (float)(shift.Z + cloud.Positions[i + 2]),
            NormalX = cloud.Normals[i],
            NormalY = cloud.Normals[i + 1],
            NormalZ = cloud.Normals[i + 2],
            Red = cloud.Colors[i],
            Green = cloud.Colors[i + 1],
            Blue = cloud.Colors[i + 2],
            Views = cloud.Views[point],
        };
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Vertex
    {
        public float X;
        public float Y;
        public float Z;
        public float NormalX;
        public float NormalY;
        public float NormalZ;
        public byte Red;
        public byte Green;
        public byte Blue;
        public byte Views;
    }
}
