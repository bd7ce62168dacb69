using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>Eight places along rows or columns: <see cref="CellPlace"/> in every lane.</summary>
internal readonly record struct EightPlaces(Vector256<int> Firsts, Vector256<float> Offsets)
{
    /// <summary>The same place eight times.</summary>
    public static EightPlaces All(CellPlace place) => new(Vector256.Create(place.First), Vector256.Create(place.Offset));

    public CellPlace Of(int lane) => new(Firsts.GetElement(lane), Offsets.GetElement(lane));

    /// <summary>As <see cref="CellPlace.CellAfter"/>. Needs AVX.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> CellsAfter(Vector256<float> cells) => Firsts + Avx.ConvertToVector256Int32WithTruncation(Offsets + cells);
}
