using System.Numerics;

namespace OdmNode.Geospatial.PointClouds.Laszip;

/// <summary>Encodes what integers differ from their predictions: the number of bits with one model per context, then the bits.</summary>
internal sealed class IntegerCompressor
{
    private const int ModelledBits = 8;
    private readonly ArithmeticEncoder encoder;
    private readonly int bits;
    private readonly SymbolModel[] lengths;
    private readonly SymbolModel?[] corrections;
    private readonly BitModel single = new();

    /// <param name="encoder">Receives the code.</param>
    /// <param name="bits">Width of the integers, 32 at most.</param>
    /// <param name="contexts">Number of length models.</param>
    public IntegerCompressor(ArithmeticEncoder encoder, int bits, int contexts)
    {
        this.encoder = encoder;
        this.bits = bits;
        lengths = new SymbolModel[contexts];
        for (int i = 0; i < contexts; i++)
        {
            lengths[i] = new SymbolModel(bits + 1);
        }

        corrections = new SymbolModel?[bits + 1];
    }

    /// <summary>Bits of the last difference.</summary>
    public int LastLength { get; private set; }

    public void Compress(int predicted, int actual, int context)
    {
        int difference = unchecked(actual - predicted);
        if (bits < 32)
        {
            int size = 1 << bits;
            difference = difference < -(size / 2) ? difference + size : difference >= size / 2 ? difference - size : difference;
        }

        // An interval of k bits holds the differences from -(2^k - 1) to -2^(k-1) and from 2^(k-1) + 1 to 2^k.
        uint magnitude = difference <= 0 ? (uint)-(long)difference : (uint)difference - 1;
        int length = 32 - BitOperations.LeadingZeroCount(magnitude);
        LastLength = length;
        encoder.Encode(lengths[context], length);
        if (length == 0)
        {
            encoder.EncodeBit(single, (uint)difference);
        }
        else if (length < 32)
        {
            EncodeWithin((uint)(difference < 0 ? difference + (int)((1u << length) - 1) : difference - 1), length);
        }
    }

    private void EncodeWithin(uint value, int length)
    {
        int low = Math.Max(0, length - ModelledBits);
        SymbolModel model = corrections[length] ??= new SymbolModel(1 << Math.Min(length, ModelledBits));
        encoder.Encode(model, (int)(value >> low));
        if (low > 0)
        {
            encoder.EncodeRaw(low, value & ((1u << low) - 1));
        }
    }
}
