using System.Buffers.Binary;
using System.Text;

namespace OdmNode.Geospatial.PointClouds;

/// <summary>Everything before the first point: header and variable-length records, LAS 1.2 or 1.4.</summary>
/// <remarks>ASPRS, LAS Specification 1.2 (2008) and 1.4 R15 (2019).</remarks>
internal sealed class LasHeader(LasOptions options, bool isExtended, bool isCompressed, IReadOnlyList<LasVariableRecord> records)
{
    private const int Uses14Wkt = 1 << 4;

    public int Size => isExtended ? 375 : 227;

    public int PointOffset => Size + records.Sum(record => record.Length);

    /// <summary>Extended records behind the points, LAS 1.4 alone: their place and number.</summary>
    public (long Offset, int Count) Trailer { get; init; }

    public byte[] Write(long count, LasBounds bounds)
    {
        byte[] header = new byte[PointOffset];
        Span<byte> bytes = header;
        "LASF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], isExtended ? (ushort)Uses14Wkt : (ushort)0);
        header[24] = 1;
        header[25] = isExtended ? (byte)4 : (byte)2;
        Encoding.ASCII.GetBytes("OTHER", bytes[26..58]);
        Encoding.ASCII.GetBytes(Shortened(options.Software, 31), bytes[58..90]);
        if (options.CaptureTime is { } time)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[90..], (ushort)time.UtcDateTime.DayOfYear);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[92..], (ushort)time.UtcDateTime.Year);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(bytes[94..], (ushort)Size);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[96..], PointOffset);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[100..], records.Count);

        // LASzip marks compressed points with the highest bit of the format.
        header[104] = (byte)((isExtended ? 7 : 2) | (isCompressed ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[105..], (ushort)LasRecord.Length(isExtended));
        if (!isExtended)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[107..], checked((uint)count));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[111..], checked((uint)count));
        }

        double scale = options.Scale;
        WriteDoubles(bytes[131..], scale, scale, scale, options.OffsetEast, options.OffsetNorth, 0);
        if (count > 0)
        {
            (double[] low, double[] high) = bounds.InMap(options);

            // Maximum before minimum, axis by axis.
            WriteDoubles(bytes[179..], high[0], low[0], high[1], low[1], high[2], low[2]);
        }

        if (isExtended)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes[235..], Trailer.Offset);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[243..], Trailer.Count);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[247..], count);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[255..], count);
        }

        int place = Size;
        foreach (LasVariableRecord record in records)
        {
            record.Write(bytes[place..]);
            place += record.Length;
        }

        return header;
    }

    private static void WriteDoubles(Span<byte> bytes, params ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[(8 * i)..], values[i]);
        }
    }

    private static string Shortened(string text, int length) => text.Length <= length ? text : text[..length];
}
