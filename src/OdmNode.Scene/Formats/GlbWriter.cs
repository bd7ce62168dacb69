using System.Buffers.Binary;
using System.Runtime.InteropServices;
using OdmNode.Geometry.Linear;
using OdmNode.Scene.Model;

namespace OdmNode.Scene.Formats;

/// <summary>
/// Writes a textured model as one binary glTF 2.0 file, as ODM does: unlit, Z up, positions minus the integer offset of the
/// map, which stands in <c>CESIUM_RTC</c>.
/// </summary>
/// <remarks>Khronos Group, glTF 2.0 Specification, section 4.4, Binary glTF Layout.</remarks>
public static class GlbWriter
{
    private const uint Magic = 0x46546C67;
    private const uint JsonChunk = 0x4E4F534A;
    private const uint BinaryChunk = 0x004E4942;
    private const int HeaderBytes = 12;
    private const int ChunkHeaderBytes = 8;

    /// <param name="model">Surface and texture coordinates.</param>
    /// <param name="jpegs">The picture of each atlas.</param>
    /// <param name="offset">Taken from all positions, and written as the centre.</param>
    /// <param name="generator">Name and version of the program.</param>
    /// <param name="stream">Stays open.</param>
    /// <exception cref="InvalidDataException">The file would be larger than the 4 GB that the container can state.</exception>
    public static void Write(TexturedMesh model, IReadOnlyList<byte[]> jpegs, Vector3D offset, string generator, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(jpegs);
        ArgumentNullException.ThrowIfNull(stream);
        float[] positions = Positions(model, offset);
        int[] lengths =
        [
            sizeof(float) * positions.Length,
            sizeof(float) * model.Places.Length,
            sizeof(int) * model.PlaceOfCorner.Length,
            .. jpegs.Select(jpeg => jpeg.Length),
        ];
        byte[] json = GltfJson.Of(model, positions, lengths, offset, generator);
        long binary = lengths.Sum(length => Aligned(length));
        long total = HeaderBytes + ChunkHeaderBytes + Aligned(json.Length) + ChunkHeaderBytes + binary;
        if (total > uint.MaxValue)
        {
            throw new InvalidDataException("The model is too large for one GLB file.");
        }

        WriteNumbers(stream, Magic, 2, (uint)total, (uint)Aligned(json.Length), JsonChunk);
        WritePadded(stream, json, (byte)' ');
        WriteNumbers(stream, (uint)binary, BinaryChunk);
        WritePadded(stream, MemoryMarshal.AsBytes(positions.AsSpan()), 0);
        WritePadded(stream, MemoryMarshal.AsBytes(model.Places.AsSpan()), 0);
        WritePadded(stream, MemoryMarshal.AsBytes(model.PlaceOfCorner.AsSpan()), 0);
        foreach (byte[] jpeg in jpegs)
        {
            WritePadded(stream, jpeg, 0);
        }
    }

    /// <summary>Length of a part with the filler behind it: all parts begin at multiples of four bytes.</summary>
    internal static long Aligned(long length) => (length + 3) / 4 * 4;

    private static float[] Positions(TexturedMesh model, Vector3D offset)
    {
        var positions = new float[3 * model.PlaceCount];
        for (int place = 0; place < model.PlaceCount; place++)
        {
            Vector3D point = model.Mesh.PointOf(model.VertexOfPlace[place]) - offset;
            positions[3 * place] = (float)point.X;
            positions[(3 * place) + 1] = (float)point.Y;
            positions[(3 * place) + 2] = (float)point.Z;
        }

        return positions;
    }

    private static void WriteNumbers(Stream stream, params ReadOnlySpan<uint> values)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        foreach (uint value in values)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }

    private static void WritePadded(Stream stream, ReadOnlySpan<byte> bytes, byte filler)
    {
        stream.Write(bytes);
        for (long i = bytes.Length; i < Aligned(bytes.Length); i++)
        {
            stream.WriteByte(filler);
        }
    }
}
