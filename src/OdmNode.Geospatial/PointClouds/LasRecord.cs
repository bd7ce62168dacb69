using System.Buffers.Binary;

namespace OdmNode.Geospatial.PointClouds;

/// <summary>The two point records that are written, uncompressed: formats 2 (LAS 1.2) and 7 (LAS 1.4).</summary>
internal static class LasRecord
{
    public static int Length(bool isExtended) => isExtended ? 36 : 26;

    /// <summary>Intensity, angle, source and time stay 0; each point is the only return of its pulse.</summary>
    public static void Write(in LasPoint point, bool isExtended, Span<byte> record)
    {
        record.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(record, point.X);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], point.Y);
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], point.Z);
        record[14] = isExtended ? (byte)0b0001_0001 : (byte)0b0000_1001;
        record[isExtended ? 16 : 15] = point.Class;
        record[17] = point.Views;
        Span<byte> color = record[(isExtended ? 30 : 20)..];
        BinaryPrimitives.WriteUInt16LittleEndian(color, point.Red);
        BinaryPrimitives.WriteUInt16LittleEndian(color[2..], point.Green);
        BinaryPrimitives.WriteUInt16LittleEndian(color[4..], point.Blue);
    }
}
