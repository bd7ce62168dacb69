using System.Runtime.CompilerServices;

namespace OdmNode.Geospatial.Orthophoto;

/// <summary>
/// A place along a row or column of a window, from which rays go: to the same cells, whichever window it is. Plain single precision would round
/// differently in each, and a ray along the edge of two cells would see the one here and the other there.
/// </summary>
internal readonly struct CellPlace
{
    /// <summary>Farther than any ray goes, so that what is cut off to an integer is positive; the place is kept to a thousandth of a cell.</summary>
    private const int Bias = 16384;

    public CellPlace(int first, float offset) => (First, Offset) = (first, offset);

    /// <summary>Cell of the window that <see cref="Offset"/> counts from.</summary>
    public int First { get; }

    /// <summary>Cells, biased: cutting off a positive number rounds down.</summary>
    public float Offset { get; }

    /// <param name="place">Cells from the edge of the grid.</param>
    /// <param name="windowStart">Cell of the grid at which the window begins.</param>
    public static CellPlace Of(double place, int windowStart)
    {
        double cell = Math.Floor(place);
        return new CellPlace((int)cell - windowStart - Bias, (float)(place - cell) + Bias);
    }

    /// <summary>The cell of the window some cells farther on; outside of it where the ray has left it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CellAfter(float cells) => First + (int)(Offset + cells);
}
