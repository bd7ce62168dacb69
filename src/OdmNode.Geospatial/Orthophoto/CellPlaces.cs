using System.Runtime.Intrinsics;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Places along a row, laid out for vectors.</summary>
internal sealed class CellPlaces(int count)
{
    private readonly CellPlace[] places = new CellPlace[count];
    private readonly int[] firsts = new int[count];
    private readonly float[] offsets = new float[count];

    public CellPlace this[int index]
    {
        get => places[index];
        set => (places[index], firsts[index], offsets[index]) = (value, value.First, value.Offset);
    }

    /// <summary><see cref="CellPlace.First"/> of eight places.</summary>
    public Vector256<int> FirstsFrom(int index) => Vector256.Create(firsts.AsSpan(index));

    /// <summary><see cref="CellPlace.Offset"/> of eight places.</summary>
    public Vector256<float> OffsetsFrom(int index) => Vector256.Create(offsets.AsSpan(index));
}
