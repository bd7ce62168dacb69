namespace OdmNode.Geospatial.PointClouds.Laszip;

/// <summary>The range coder of LASzip, into memory.</summary>
/// <remarks>A. Said, Introduction to Arithmetic Coding, HP Laboratories HPL-2004-76 (2004), section 3; M. Isenburg, LASzip: lossless
/// compression of LiDAR data, PE&amp;RS 79 (2013).</remarks>
internal sealed class ArithmeticEncoder
{
    private const uint MinRange = 0x01000000;
    private byte[] bytes = new byte[1 << 12];
    private int count;
    private uint low;
    private uint range = uint.MaxValue;

    /// <summary>What <see cref="Finish"/> completed.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, count);

    public void EncodeBit(BitModel model, uint bit)
    {
        uint split = model.ZeroChance * (range >> BitModel.LengthShift);
        if (bit == 0)
        {
            range = split;
        }
        else
        {
            range -= split;
            Add(split);
        }

        Renormalise();
        model.Count(bit);
    }

    public void Encode(SymbolModel model, int symbol)
    {
        uint[] distribution = model.Distribution;
        uint step = range >> SymbolModel.LengthShift;
        uint start = distribution[symbol] * step;

        // The last symbol takes what rounding left over.
        range = symbol == distribution.Length - 1 ? range - start : (distribution[symbol + 1] * step) - start;
        Add(start);
        Renormalise();
        model.Count(symbol);
    }

    /// <summary>Bits without a model, at most 32.</summary>
    public void EncodeRaw(int bits, uint value)
    {
        if (bits > 19)
        {
            EncodeRaw(16, value & 0xffff);
            value >>= 16;
            bits -= 16;
        }

        range >>= bits;
        Add(value * range);
        Renormalise();
    }

    /// <summary>Flushes; nothing may be encoded afterwards.</summary>
    public void Finish()
    {
        bool isWide = range > 2 * MinRange;
        range = isWide ? MinRange >> 1 : MinRange >> 9;
        Add(isWide ? MinRange : MinRange >> 1);
        Renormalise();

        // The decoder reads four bytes ahead.
        Put(0);
        Put(0);
        if (isWide)
        {
            Put(0);
        }
    }

    private void Add(uint amount)
    {
        uint before = low;
        low += amount;
        if (low < before)
        {
            int i = count - 1;
            while (bytes[i] == 0xff)
            {
                bytes[i--] = 0;
            }

            bytes[i]++;
        }
    }

    private void Renormalise()
    {
        while (range < MinRange)
        {
            Put((byte)(low >> 24));
            low <<= 8;
            range <<= 8;
        }
    }

    private void Put(byte value)
    {
        if (count == bytes.Length)
        {
            Array.Resize(ref bytes, 2 * count);
        }

        bytes[count++] = value;
    }
}
