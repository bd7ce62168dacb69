using System.Buffers.Binary;
using System.Text;
using OdmNode.Scene.Model;

namespace OdmNode.Geospatial.PointClouds;

/// <summary>
/// Writes points tile by tile as LAS 1.2, point format 2 (with colours), coordinates in the projected CRS to the millimetre.
/// </summary>
/// <remarks>
/// ASPRS, LAS Specification 1.2 (2008). The CRS is written as GeoTIFF keys. As ODM does, colours are 8-bit values in the 16-bit
/// fields, and UserData holds the number of photos that agree on a point. The file appears under its name only when complete.
/// </remarks>
public sealed class LasWriter : IDisposable
{
    private const int HeaderSize = 227;
    private const int RecordHeaderSize = 54;
    private const int KeyBytes = 8 * 5;
    private const int RecordLength = 26;
    private const double Scale = 0.001;
    private readonly string path;
    private readonly LasOptions options;
    private readonly byte[] record = new byte[RecordLength];
    private FileStream? stream;
    private uint count;
    private (int X, int Y, int Z) lowest = (int.MaxValue, int.MaxValue, int.MaxValue);
    private (int X, int Y, int Z) highest = (int.MinValue, int.MinValue, int.MinValue);

    /// <param name="path">Final name; a temporary one beside it is used until <see cref="Complete"/>.</param>
    /// <param name="options">CRS, offset and origin of the file.</param>
    public LasWriter(string path, LasOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.path = Path.GetFullPath(path);
        this.options = options;
        stream = new FileStream(PartialPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 20);
        WriteHeader();
    }

    private string PartialPath => path + ".partial";

    private int DataOffset => options.EpsgCode is null ? HeaderSize : HeaderSize + RecordHeaderSize + KeyBytes;

    /// <summary>Appends the points of a tile, in their order.</summary>
    /// <param name="cloud">In full map coordinates.</param>
    /// <param name="cancellationToken">Asked every few thousand points.</param>
    public void Write(PointCloud cloud, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cloud);
        ObjectDisposedException.ThrowIf(stream is null, this);
        for (int i = 0; i < cloud.Count; i++)
        {
            if ((i & 0xfff) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int x = Quantised(cloud.Origin.X + cloud.Positions[3 * i], options.OffsetEast);
            int y = Quantised(cloud.Origin.Y + cloud.Positions[(3 * i) + 1], options.OffsetNorth);
            int z = Quantised(cloud.Origin.Z + cloud.Positions[(3 * i) + 2], 0);
            lowest = (Math.Min(lowest.X, x), Math.Min(lowest.Y, y), Math.Min(lowest.Z, z));
            highest = (Math.Max(highest.X, x), Math.Max(highest.Y, y), Math.Max(highest.Z, z));
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(0), x);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), y);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(8), z);

            // Bits 0-2 return number 1, bits 3-5 number of returns 1. Intensity, class, angle and source stay 0.
            record[14] = 0b0000_1001;
            record[17] = cloud.Views[i];
            BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(20), cloud.Colors[3 * i]);
            BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(22), cloud.Colors[(3 * i) + 1]);
            BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(24), cloud.Colors[(3 * i) + 2]);
            stream.Write(record);
            count = checked(count + 1);
        }
    }

    /// <summary>Fills in the counts and the bounding box, closes the file and gives it its name.</summary>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(stream is null, this);
        stream.Position = 0;
        WriteHeader();
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        stream = null;
        File.Move(PartialPath, path, overwrite: true);
    }

    /// <summary>Closes the file; one that is not complete is removed.</summary>
    public void Dispose()
    {
        stream?.Dispose();
        stream = null;
        File.Delete(PartialPath);
    }

    private static int Quantised(double value, double offset) => checked((int)Math.Round((value - offset) / Scale));

    private void WriteHeader()
    {
        byte[] header = new byte[DataOffset];
        Span<byte> bytes = header;
        "LASF"u8.CopyTo(bytes);
        header[24] = 1;
        header[25] = 2;
        Encoding.ASCII.GetBytes("OTHER", bytes[26..58]);
        Encoding.ASCII.GetBytes(Shortened(options.Software, 31), bytes[58..90]);
        if (options.CaptureTime is { } time)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[90..], (ushort)time.UtcDateTime.DayOfYear);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[92..], (ushort)time.UtcDateTime.Year);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(bytes[94..], HeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[96..], (uint)DataOffset);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[100..], options.EpsgCode is null ? 0u : 1u);
        header[104] = 2;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[105..], RecordLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[107..], count);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[111..], count);
        WriteDoubles(bytes[131..], Scale, Scale, Scale, options.OffsetEast, options.OffsetNorth, 0);
        if (count > 0)
        {
            // Maximum before minimum, axis by axis.
            WriteDoubles(
                bytes[179..],
                (highest.X * Scale) + options.OffsetEast, (lowest.X * Scale) + options.OffsetEast,
                (highest.Y * Scale) + options.OffsetNorth, (lowest.Y * Scale) + options.OffsetNorth,
                highest.Z * Scale, lowest.Z * Scale);
        }

        if (options.EpsgCode is { } code)
        {
            WriteKeys(bytes[HeaderSize..], (ushort)code);
        }

        stream!.Write(header);
    }

    /// <summary>The GeoKeyDirectoryTag record: projected model, pixel is area, the EPSG code, metres.</summary>
    private static void WriteKeys(Span<byte> bytes, ushort epsgCode)
    {
        Encoding.ASCII.GetBytes("LASF_Projection", bytes[2..18]);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[18..], 34735);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[20..], KeyBytes);
        Encoding.ASCII.GetBytes("GeoTIFF keys", bytes[22..54]);
        ReadOnlySpan<ushort> keys =
        [
            1, 1, 0, 4,
            1024, 0, 1, 1,
            1025, 0, 1, 1,
            3072, 0, 1, epsgCode,
            3076, 0, 1, 9001,
        ];
        for (int i = 0; i < keys.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[(RecordHeaderSize + (2 * i))..], keys[i]);
        }
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
