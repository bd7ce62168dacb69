using System.Buffers.Binary;
using System.Text;

namespace OdmNode.Testing.Exif;

/// <summary>One image file directory of little-endian TIFF, as EXIF uses it.</summary>
/// <remarks>TIFF 6.0, section 2; Exif 2.32, section 4.6.</remarks>
internal sealed class TiffDirectory
{
    private const ushort Byte = 1;
    private const ushort Ascii = 2;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Rational = 5;
    private const ushort Undefined = 7;
    private readonly SortedDictionary<ushort, (ushort Type, uint Count, byte[] Data)> entries = [];

    /// <summary>Bytes of the directory with the values that do not fit into its entries.</summary>
    public int Size => 2 + (12 * entries.Count) + 4 + entries.Values.Sum(e => e.Data.Length > 4 ? Padded(e.Data.Length) : 0);

    public void AddText(ushort tag, string text)
    {
        byte[] data = [.. Encoding.ASCII.GetBytes(text), 0];
        entries[tag] = (Ascii, (uint)data.Length, data);
    }

    public void AddShort(ushort tag, int value) => entries[tag] = (Short, 1, BitConverter.GetBytes((ushort)value));

    public void AddLong(ushort tag, uint value) => entries[tag] = (Long, 1, BitConverter.GetBytes(value));

    public void AddBytes(ushort tag, params byte[] value) => entries[tag] = (Byte, (uint)value.Length, value);

    public void AddUndefined(ushort tag, string text) => entries[tag] = (Undefined, (uint)text.Length, Encoding.ASCII.GetBytes(text));

    public void AddRationals(ushort tag, params (uint Numerator, uint Denominator)[] values)
    {
        byte[] data = new byte[8 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(8 * i), values[i].Numerator);
            BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan((8 * i) + 4), values[i].Denominator);
        }

        entries[tag] = (Rational, (uint)values.Length, data);
    }

    /// <param name="output">Where the directory begins.</param>
    /// <param name="offset">Of that place from the TIFF header, bytes.</param>
    public void Write(Span<byte> output, int offset)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(output, (ushort)entries.Count);
        int entryAt = 2;
        int dataAt = 2 + (12 * entries.Count) + 4;
        foreach ((ushort tag, (ushort type, uint count, byte[] data)) in entries)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(output[entryAt..], tag);
            BinaryPrimitives.WriteUInt16LittleEndian(output[(entryAt + 2)..], type);
            BinaryPrimitives.WriteUInt32LittleEndian(output[(entryAt + 4)..], count);
            if (data.Length <= 4)
            {
                data.CopyTo(output[(entryAt + 8)..]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(output[(entryAt + 8)..], (uint)(offset + dataAt));
                data.CopyTo(output[dataAt..]);
                dataAt += Padded(data.Length);
            }

            entryAt += 12;
        }
    }

    private static int Padded(int length) => (length + 1) & ~1;
}
