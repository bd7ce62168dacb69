using System.Runtime.Intrinsics;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Places along rows or columns, laid out for vectors.</summary>
internal sealed class CellPlaces(int count)
{
    private readonly int[] firsts = new int[count];
    private readonly float[] offsets = new float[count];

    public CellPlace this[int index]
    {
        get => new(firsts[index], offsets[index]);
        set => (firsts[index], offsets[index]) = (value.First, value.Offset);
    }

    /// <summary>Eight places.</summary>
    public EightPlaces From(int index) => new(Vector256.Create(firsts.AsSpan(index)), Vector256.Create(offsets.AsSpan(index)));
}
