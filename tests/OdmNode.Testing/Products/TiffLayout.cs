using System.Buffers.Binary;
using System.Text;

namespace OdmNode.Testing.Products;

/// <summary>Where the pieces of a little-endian TIFF file lie, read from its bytes (TIFF 6.0, section 2; BigTIFF design).</summary>
public sealed class TiffLayout
{
    private const int NewSubfileType = 254;
    private const int ImageWidth = 256;
    private const int ImageLength = 257;
    private const int TileWidth = 322;
    private const int TileOffsets = 324;
    private const int TileByteCounts = 325;
    private readonly byte[] bytes;
    private readonly bool isBig;

    private TiffLayout(byte[] bytes)
    {
        this.bytes = bytes;
        isBig = U16(2) == 43;
    }

    /// <summary>The text that GDAL puts behind the header of cloud-optimised files; empty without it.</summary>
    public string StructuralMetadata { get; private set; } = "";

    /// <summary>In the order of the chain.</summary>
    public IReadOnlyList<TiffImage> Images { get; private set; } = [];

    public static TiffLayout Read(string path)
    {
        TiffLayout layout = new(File.ReadAllBytes(path));
        if (layout.bytes[0] != 'I' || layout.bytes[1] != 'I')
        {
            throw new InvalidDataException("Only little-endian files are read.");
        }

        int header = layout.isBig ? 16 : 8;
        const string mark = "GDAL_STRUCTURAL_METADATA_SIZE=";
        if (Encoding.ASCII.GetString(layout.bytes, header, mark.Length) == mark)
        {
            int length = int.Parse(Encoding.ASCII.GetString(layout.bytes, header + mark.Length, 6), System.Globalization.CultureInfo.InvariantCulture);
            layout.StructuralMetadata = Encoding.ASCII.GetString(layout.bytes, header + mark.Length + 13, length);
        }

        var images = new List<TiffImage>();
        for (long at = layout.Offset(layout.isBig ? 8 : 4); at != 0;)
        {
            images.Add(layout.Image(at, out at));
        }

        layout.Images = images;
        return layout;
    }

    /// <summary>A 32-bit number anywhere in the file.</summary>
    public uint U32(long at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)at));

    private ushort U16(long at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan((int)at));

    private long Offset(long at) => isBig ? BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan((int)at)) : U32(at);

    private TiffImage Image(long at, out long next)
    {
        int count = isBig ? (int)Offset(at) : U16(at);
        int entry = isBig ? 20 : 12;
        long first = at + (isBig ? 8 : 2);
        var values = new Dictionary<int, long[]>();
        for (int i = 0; i < count; i++)
        {
            long place = first + ((long)i * entry);
            values[U16(place)] = Values(place);
        }

        next = Offset(first + ((long)count * entry));
        return new TiffImage
        {
            Place = at,
            Width = (int)values[ImageWidth][0],
            Height = (int)values[ImageLength][0],
            IsReduced = values.TryGetValue(NewSubfileType, out long[]? kind) && (kind[0] & 1) != 0,
            BlockWidth = values.TryGetValue(TileWidth, out long[]? width) ? (int)width[0] : 0,
            BlockOffsets = values.GetValueOrDefault(TileOffsets, []),
            BlockLengths = values.GetValueOrDefault(TileByteCounts, []),
        };
    }

    /// <summary>Values of an entry whose type is a whole number; others give none.</summary>
    private long[] Values(long entry)
    {
        int size = U16(entry + 2) switch { 3 => 2, 4 => 4, 16 => 8, _ => 0 };
        long count = size == 0 ? 0 : isBig ? Offset(entry + 4) : U32(entry + 4);
        long value = entry + (isBig ? 12 : 8);
        long start = count * size <= (isBig ? 8 : 4) ? value : Offset(value);
        long[] values = new long[count];
        for (int i = 0; i < count; i++)
        {
            long at = start + ((long)i * size);
            values[i] = size switch { 2 => U16(at), 4 => U32(at), _ => Offset(at) };
        }

        return values;
    }
}
