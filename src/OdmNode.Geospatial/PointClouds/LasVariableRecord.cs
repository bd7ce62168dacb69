using System.Buffers.Binary;
using System.Text;

namespace OdmNode.Geospatial.PointClouds;

/// <summary>A variable-length record of a LAS header.</summary>
/// <param name="User">Who defines the content, at most 16 characters.</param>
/// <param name="Id">Kind of content among those of the user.</param>
/// <param name="Description">At most 32 characters.</param>
/// <param name="Content">At most 65535 bytes.</param>
internal sealed record LasVariableRecord(string User, ushort Id, string Description, byte[] Content)
{
    private const int HeaderSize = 54;

    public int Length => HeaderSize + Content.Length;

    /// <summary>The CRS as GeoTIFF keys (LAS 1.2): projected model, pixel is area, EPSG code, metres.</summary>
    public static LasVariableRecord GeoKeys(int epsgCode)
    {
        ReadOnlySpan<ushort> keys =
        [
            1, 1, 0, 4,
            1024, 0, 1, 1,
            1025, 0, 1, 1,
            3072, 0, 1, (ushort)epsgCode,
            3076, 0, 1, 9001,
        ];
        byte[] content = new byte[2 * keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(2 * i), keys[i]);
        }

        return new LasVariableRecord("LASF_Projection", 34735, "GeoTIFF keys", content);
    }

    /// <summary>The CRS as text (LAS 1.4).</summary>
    public static LasVariableRecord WellKnownText(string text) =>
        new("LASF_Projection", 2112, "OGC coordinate system WKT", Encoding.ASCII.GetBytes(text + "\0"));

    /// <summary>How points are compressed: pointwise (format 2) or layered (format 7).</summary>
    /// <param name="isExtended">Point format 7.</param>
    /// <param name="chunkPoints">Points of each chunk but the last; uint.MaxValue when the chunk table counts them.</param>
    public static LasVariableRecord Laszip(bool isExtended, uint chunkPoints)
    {
        byte[] content = new byte[34 + (2 * 6)];
        Span<byte> bytes = content;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, isExtended ? (ushort)3 : (ushort)2);
        content[4] = isExtended ? (byte)3 : (byte)2;
        content[5] = isExtended ? (byte)4 : (byte)2;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], chunkPoints);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], -1);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], -1);
        ReadOnlySpan<ushort> items = isExtended ? [2, 10, 30, 3, 11, 6, 3] : [2, 6, 20, 2, 8, 6, 2];
        for (int i = 0; i < items.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[(32 + (2 * i))..], items[i]);
        }

        return new LasVariableRecord("laszip encoded", 22204, "LASzip", content);
    }

    public void Write(Span<byte> bytes)
    {
        Encoding.ASCII.GetBytes(User, bytes[2..18]);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[18..], Id);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[20..], checked((ushort)Content.Length));
        Encoding.ASCII.GetBytes(Description, bytes[22..54]);
        Content.CopyTo(bytes[HeaderSize..]);
    }
}
